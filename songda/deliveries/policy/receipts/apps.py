"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger import panels


class ReceiptsConfig(AppConfig):
    """songda.deliveries.policy.receipts."""

    name = "songda.deliveries.policy.receipts"
    label = "policy_receipts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer what a firm has signed."""
        panels.register("receipts", _("政策文件签收"), f"{self.name}.queries.panel.receipts_panel")
