"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """songda.office.dispatch."""

    name = "songda.office.dispatch"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"
