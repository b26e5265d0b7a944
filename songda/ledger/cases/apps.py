"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger.evidence.rules import sharing
from songda.ledger.papers.rules.list_sources import register_list


class CasesConfig(AppConfig):
    """songda.ledger.cases."""

    name = "songda.ledger.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let who takes part in a case see its evidence, and give some; offer the lists that papers are made of."""
        sharing.register(seen="songda.ledger.cases.access.evidence_in_sight", served="songda.ledger.cases.access.subjects_served")
        register_list("cases.ledger", _("企业事项台账"), f"{self.name}.queries.lists.ledger")
        register_list("cases.policy-problems", _("未办结的政策落实问题"), f"{self.name}.queries.lists.policy_problems")
        register_list("cases.needs", _("企业提出的未办结诉求"), f"{self.name}.queries.lists.needs")
        register_list("cases.tasks", _("未办结的任务"), f"{self.name}.queries.lists.tasks")
