"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ResumptionConfig(AppConfig):
    """songda.office.resumption."""

    name = "songda.office.resumption"
    label = "resumption"
    default_auto_field = "django.db.models.BigAutoField"
