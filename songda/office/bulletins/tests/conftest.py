"""Fixtures of the room."""

from __future__ import annotations

from songda.office.bulletins.tests.ground import ground

__all__ = ["ground"]
