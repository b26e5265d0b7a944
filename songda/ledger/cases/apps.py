"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from songda.ledger.evidence.rules import sharing


class CasesConfig(AppConfig):
    """songda.ledger.cases."""

    name = "songda.ledger.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let who takes part in a case see its evidence, and give some."""
        sharing.register(seen="songda.ledger.cases.access.evidence_in_sight", served="songda.ledger.cases.access.subjects_served")
