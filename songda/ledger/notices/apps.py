"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """songda.ledger.notices."""

    name = "songda.ledger.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
