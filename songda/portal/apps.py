"""The roof as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """songda.portal."""

    name = "songda.portal"
    label = "portal"
