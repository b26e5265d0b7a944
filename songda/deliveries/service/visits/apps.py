"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger import panels
from songda.ledger.evidence.rules import sharing


class VisitsConfig(AppConfig):
    """songda.deliveries.service.visits."""

    name = "songda.deliveries.service.visits"
    label = "service_visits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer what this room knows of a firm, and its photos to who may see the visit."""
        panels.register("visits", _("走访与服务"), "songda.deliveries.service.visits.queries.panel.visits_panel")
        sharing.register(seen="songda.deliveries.service.visits.access.evidence_seen")
