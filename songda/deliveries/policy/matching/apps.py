"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """songda.deliveries.policy.matching."""

    name = "songda.deliveries.policy.matching"
    label = "policy_matching"
    default_auto_field = "django.db.models.BigAutoField"
