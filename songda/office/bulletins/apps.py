"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """songda.office.bulletins."""

    name = "songda.office.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"
