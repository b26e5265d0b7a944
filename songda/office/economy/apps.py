"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger.cases.rules import guards
from songda.ledger.cases.rules.step_pages import register_kind_page


class EconomyConfig(AppConfig):
    """songda.office.economy."""

    name = "songda.office.economy"
    label = "economy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Guard entries into the statistical register, and give them their page."""
        guards.register("stat-entry", "songda.office.economy.actions.enter_register.conditions_first")
        register_kind_page("stat-entry", "/economy/register/{case}/", _("入库条件"))
