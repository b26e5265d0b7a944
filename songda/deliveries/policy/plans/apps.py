"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """songda.deliveries.policy.plans."""

    name = "songda.deliveries.policy.plans"
    label = "policy_plans"
    default_auto_field = "django.db.models.BigAutoField"
