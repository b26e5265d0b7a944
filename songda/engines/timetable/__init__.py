"""Timetable 错峰排程: merchants into zones and slots within capacity. No Django here."""
