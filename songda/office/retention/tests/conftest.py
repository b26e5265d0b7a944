"""Fixtures of the room."""
