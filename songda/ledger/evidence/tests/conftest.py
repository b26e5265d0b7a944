"""Every test of the room has a store of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
