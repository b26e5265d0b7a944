"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """songda.deliveries.policy.guides."""

    name = "songda.deliveries.policy.guides"
    label = "policy_guides"
    default_auto_field = "django.db.models.BigAutoField"
