"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger import panels


class MatchingConfig(AppConfig):
    """songda.deliveries.policy.matching."""

    name = "songda.deliveries.policy.matching"
    label = "policy_matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer what this room knows of a firm."""
        panels.register("policy", _("政策判定"), "songda.deliveries.policy.matching.queries.panel.verdict_panel")
        panels.register_lines("measures", "songda.deliveries.policy.matching.queries.panel.measure_lines")
