"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """songda.registry.people."""

    name = "songda.registry.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
