"""Fixtures of the room."""

from __future__ import annotations

import pytest

from songda.office.economy.tests.ground import lay
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import firm, hire


@pytest.fixture
def statistician(cast):
    """The zone's statistician, with parameters and indicators loaded."""
    lay(kinds=True)
    return hire(Role.STATISTICIAN, at=cast.zone)


@pytest.fixture
def project(cast):
    return firm("示例标准厂房项目", cast.street_office, "P0001", kind="project")
