"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    """songda.deliveries.policy.briefings."""

    name = "songda.deliveries.policy.briefings"
    label = "policy_briefings"
    default_auto_field = "django.db.models.BigAutoField"
