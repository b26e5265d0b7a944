"""Notices 通知: what a subject is told, line by line, with evidence per recipient (POL-08)."""
