"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CodesConfig(AppConfig):
    """songda.registry.codes."""

    name = "songda.registry.codes"
    label = "codes"
    default_auto_field = "django.db.models.BigAutoField"
