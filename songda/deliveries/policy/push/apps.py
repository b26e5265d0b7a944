"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PushConfig(AppConfig):
    """songda.deliveries.policy.push."""

    name = "songda.deliveries.policy.push"
    label = "policy_push"
    default_auto_field = "django.db.models.BigAutoField"
