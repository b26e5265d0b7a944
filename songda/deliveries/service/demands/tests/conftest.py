"""Fixtures of the room."""

from __future__ import annotations

import pytest

from songda.deliveries.service.demands.tests.board import lay


@pytest.fixture
def board(cast):
    return lay(cast)
