"""The shared catalogue, and the kinds of the ledger."""

from __future__ import annotations

import pytest

from songda.ledger.cases.tests.ground import lay
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]


@pytest.fixture
def ledger(db: None) -> None:
    """Kinds and calendar."""
    lay()
