"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    """songda.ledger.alarms."""

    name = "songda.ledger.alarms"
    label = "alarms"
    default_auto_field = "django.db.models.BigAutoField"
