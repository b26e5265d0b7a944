"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger import panels
from songda.ledger.cases.rules import guards
from songda.office.indicators.rules.sources import register

HERE = "songda.office.resumption.queries.source"
SOURCES = (  # names as values keep them: in the language of the sources
    ("resumption-firms", "复工复产日报（企业）", "firms", "firms"),
    ("resumption-projects", "复工复产日报（建设工程）", "projects", "projects"),
    ("resumption-merchants", "复工复产日报（商户）", "merchants", "merchants"),
    ("resumption-firm-people", "复工复产日报（企业到岗）", "people", "firm_people"),
    ("resumption-project-people", "复工复产日报（工地到岗）", "people", "project_people"),
)


class ResumptionConfig(AppConfig):
    """songda.office.resumption."""

    name = "songda.office.resumption"
    label = "resumption"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer rows to indicators, a panel to pages of firms; guard applications to resume."""
        for code, label, counts, name in SOURCES:
            places = {part: f"{HERE}.{name}.{part}" for part in ("cube", "count", "rows")}
            register(code, label, counts=counts, dims=("variant", "figure", "cell"), **places)
        guards.register("resumption", "songda.office.resumption.actions.approve_resumption.only_through_the_gate")
        panels.register("resumption", _("复工复产"), "songda.office.resumption.queries.panel.resumption_panel")
