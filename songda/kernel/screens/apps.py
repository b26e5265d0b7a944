"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    """songda.kernel.screens."""

    name = "songda.kernel.screens"
    label = "screens"
    default_auto_field = "django.db.models.BigAutoField"
