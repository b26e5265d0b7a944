"""Fixtures of the room."""

from __future__ import annotations

import pytest

from songda.deliveries.service.visits.tests.ground import lay_ground


@pytest.fixture
def ground(cast):
    return lay_ground(cast)
