"""Fixtures of the room."""

from __future__ import annotations

import pytest

from songda.office.retention.tests.ground import lay


@pytest.fixture
def house(cast, settings, tmp_path):
    """The cast in a house of its own: its files, its lists beside the database, the pack's table of retention."""
    settings.HOME, settings.MEDIA_ROOT = tmp_path / "home", tmp_path / "files"
    lay()
    return cast
