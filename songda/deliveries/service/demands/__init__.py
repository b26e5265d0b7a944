"""Demands 诉求: what firms ask, from filing to the word of the firm and a second person."""
