"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """songda.kernel.audit."""

    name = "songda.kernel.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
