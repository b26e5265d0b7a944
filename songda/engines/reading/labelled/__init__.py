"""Texts made of labelled fields 栏目: cards and guides."""
