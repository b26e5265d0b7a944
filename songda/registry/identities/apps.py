"""The room as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    """songda.registry.identities."""

    name = "songda.registry.identities"
    label = "identities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for accounts that are taken back, in commands too, where no page is loaded."""
        import_module("songda.registry.identities.actions")
