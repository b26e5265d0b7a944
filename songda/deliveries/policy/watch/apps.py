"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """songda.deliveries.policy.watch."""

    name = "songda.deliveries.policy.watch"
    label = "policy_watch"
    default_auto_field = "django.db.models.BigAutoField"
