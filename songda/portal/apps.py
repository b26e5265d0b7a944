"""The roof as Django knows it."""

from __future__ import annotations

import logging
import os

from django.apps import AppConfig

from songda.portal.configuration import advice


class PortalConfig(AppConfig):
    """songda.portal."""

    name = "songda.portal"
    label = "portal"

    def ready(self) -> None:
        """Say at start what in the environment looks like a mistake."""
        for sentence in advice(os.environ):
            logging.getLogger("songda.configuration").warning(sentence)
