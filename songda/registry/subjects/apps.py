"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    """songda.registry.subjects."""

    name = "songda.registry.subjects"
    label = "subjects"
    default_auto_field = "django.db.models.BigAutoField"
