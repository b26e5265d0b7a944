"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger import panels
from songda.ledger.cases.rules import guards
from songda.ledger.cases.rules.step_pages import register_kind_page


class HelpingConfig(AppConfig):
    """songda.deliveries.service.helping."""

    name = "songda.deliveries.service.helping"
    label = "service_helping"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer what this room knows of a firm; guard errands; give delays and errands their pages."""
        register_kind_page("contract-delay", "/helping/delays/{case}/", _("工期延误时段"))
        register_kind_page("errand", "/helping/errands/{case}/done/", _("交接办结"), "cases.handle")
        guards.register("errand", "songda.deliveries.service.helping.actions.run_errand.in_the_firms_name")
        panels.register("helping", _("帮扶"), "songda.deliveries.service.helping.queries.panel.helping_panel")
