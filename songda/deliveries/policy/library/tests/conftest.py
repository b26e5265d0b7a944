"""The small catalogue, for every test here."""

from __future__ import annotations

from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
