"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """songda.ledger.evidence."""

    name = "songda.ledger.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
