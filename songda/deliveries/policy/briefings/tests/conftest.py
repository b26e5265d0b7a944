"""The board of firms and measures, matched, for every test here."""

from __future__ import annotations

from songda.deliveries.policy.matching.tests.board import board
from songda.deliveries.policy.push.tests.conftest import matched

__all__ = ["board", "matched"]
