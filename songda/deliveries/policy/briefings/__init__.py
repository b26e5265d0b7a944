"""Briefings 宣讲: sessions, explanations at the door, proactive letters, and the questions they raise (POL-10, POL-33)."""
