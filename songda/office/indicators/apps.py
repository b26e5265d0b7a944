"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """songda.office.indicators."""

    name = "songda.office.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
