"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """songda.registry.programs."""

    name = "songda.registry.programs"
    label = "programs"
    default_auto_field = "django.db.models.BigAutoField"
