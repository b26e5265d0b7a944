"""The ground, for every test here."""

from __future__ import annotations

from songda.office.resumption.tests.ground import ground

__all__ = ["ground"]
