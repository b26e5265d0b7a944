"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.demands.rules.handling import PAGES
from songda.ledger import panels
from songda.ledger.cases.rules.step_pages import register_opening, register_page


class DemandsConfig(AppConfig):
    """songda.deliveries.service.demands."""

    name = "songda.deliveries.service.demands"
    label = "service_demands"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the ledger which steps have pages here, and where a demand is filed."""
        for name in PAGES:
            register_page("demand", name, f"/demands/{{case}}/{name}/", f"{self.name}.queries.why_not")
        for name in ("uphold", "reject"):
            register_page("objection", name, f"/demands/{{case}}/{name}/")
        panels.register("demands", _("诉求"), f"{self.name}.queries.panel.demands_panel")
        register_opening("/demands/new/", _("登记诉求"), "cases.file")
        register_opening("/demands/own/new/", _("我要提诉求"), "firm.act")
