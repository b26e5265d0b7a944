"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """songda.registry.facts."""

    name = "songda.registry.facts"
    label = "facts"
    default_auto_field = "django.db.models.BigAutoField"
