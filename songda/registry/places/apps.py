"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """songda.registry.places."""

    name = "songda.registry.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
