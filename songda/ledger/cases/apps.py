"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """songda.ledger.cases."""

    name = "songda.ledger.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
