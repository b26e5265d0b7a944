"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """songda.registry.organisations."""

    name = "songda.registry.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
