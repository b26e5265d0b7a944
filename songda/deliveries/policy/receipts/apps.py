"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    """songda.deliveries.policy.receipts."""

    name = "songda.deliveries.policy.receipts"
    label = "policy_receipts"
    default_auto_field = "django.db.models.BigAutoField"
