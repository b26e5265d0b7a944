"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DemandsConfig(AppConfig):
    """songda.deliveries.service.demands."""

    name = "songda.deliveries.service.demands"
    label = "service_demands"
    default_auto_field = "django.db.models.BigAutoField"
