"""Calendars 日历: holidays and adjusted working days."""
