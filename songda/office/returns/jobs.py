"""Timed work of the room."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.office.returns import actions
from songda.registry.actors import system


@job("returns.keep", every=dt.timedelta(hours=1))
def keep() -> int:
    """Make the returns of periods that have begun; remind of what is due soon, call for what is late."""
    now = clock.now()
    settled = actions.settle_explained(by=system(_("报送")), now=now)
    return actions.expect_returns(now=now) + actions.remind_units(now=now) + settled
