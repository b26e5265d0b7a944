"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger.papers.rules.list_sources import register_list


class PapersConfig(AppConfig):
    """songda.ledger.papers."""

    name = "songda.ledger.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the list that needs no room above: the firms of an official list of names."""
        register_list("facts.key-firms", _("疫情防控重点保障企业"), f"{self.name}.queries.rosters.key_firms")
