"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """songda.registry.rulebook."""

    name = "songda.registry.rulebook"
    label = "rulebook"
    default_auto_field = "django.db.models.BigAutoField"
