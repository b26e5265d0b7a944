"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """songda.deliveries.policy.library."""

    name = "songda.deliveries.policy.library"
    label = "policy_library"
    default_auto_field = "django.db.models.BigAutoField"
