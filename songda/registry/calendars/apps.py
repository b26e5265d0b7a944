"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """songda.registry.calendars."""

    name = "songda.registry.calendars"
    label = "calendars"
    default_auto_field = "django.db.models.BigAutoField"
