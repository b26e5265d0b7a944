"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MarketsConfig(AppConfig):
    """songda.deliveries.service.markets."""

    name = "songda.deliveries.service.markets"
    label = "service_markets"
    default_auto_field = "django.db.models.BigAutoField"
