"""The small pack applied, and the clock at its day."""

from __future__ import annotations

import pytest

from songda.kernel import clock
from songda.portal.administration.tests.ground import NOW, Ground, lay


@pytest.fixture
def ground(db, tmp_path, settings) -> Ground:
    """The small pack applied, on its day."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    return lay(tmp_path)
