"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """songda.registry.intake."""

    name = "songda.registry.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
