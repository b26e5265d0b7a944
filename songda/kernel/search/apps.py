"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """songda.kernel.search."""

    name = "songda.kernel.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
