"""Mirrors 对接: cases that systems of others hold too, kept in step with them (SUP-05)."""
