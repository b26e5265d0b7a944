"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    """songda.registry.identities."""

    name = "songda.registry.identities"
    label = "identities"
    default_auto_field = "django.db.models.BigAutoField"
