"""The board of demands, for every test here."""

from __future__ import annotations

from songda.deliveries.service.demands.tests.conftest import board

__all__ = ["board"]
