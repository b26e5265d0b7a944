"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """songda.registry.campaigns."""

    name = "songda.registry.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
