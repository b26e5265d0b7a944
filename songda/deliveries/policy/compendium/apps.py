"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CompendiumConfig(AppConfig):
    """songda.deliveries.policy.compendium."""

    name = "songda.deliveries.policy.compendium"
    label = "policy_compendium"
    default_auto_field = "django.db.models.BigAutoField"
