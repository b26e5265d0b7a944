"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from songda.ledger.cases.rules import step_pages


class MirrorsConfig(AppConfig):
    """songda.ledger.mirrors."""

    name = "songda.ledger.mirrors"
    label = "mirrors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give mirrored cases a page with the other system's state and the way there."""
        step_pages.register_kind_page("external", "/mirrors/cases/{case}/", _("外部系统办理情况"))
