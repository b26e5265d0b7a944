"""The board of firms and measures, for every test here."""

from __future__ import annotations

from songda.deliveries.policy.matching.tests.board import board

__all__ = ["board"]
