"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """songda.office.retention."""

    name = "songda.office.retention"
    label = "retention"
    default_auto_field = "django.db.models.BigAutoField"
