"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger import panels


class BriefingsConfig(AppConfig):
    """songda.deliveries.policy.briefings."""

    name = "songda.deliveries.policy.briefings"
    label = "policy_briefings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer what was explained to a firm."""
        panels.register("briefings", _("政策讲解"), f"{self.name}.queries.panel.explained_panel")
        panels.register_lines("explained", f"{self.name}.queries.panel.explained_lines")
