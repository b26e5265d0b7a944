"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """songda.office.returns."""

    name = "songda.office.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"
