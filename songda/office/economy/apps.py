"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class EconomyConfig(AppConfig):
    """songda.office.economy."""

    name = "songda.office.economy"
    label = "economy"
    default_auto_field = "django.db.models.BigAutoField"
