"""Sending, once a minute."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.ledger.notices import actions

MOST_A_RUN = 20_000


@job("notices.send", every=dt.timedelta(minutes=1))
def send_due() -> dict[str, int]:
    """Send what is due on every configured channel; how many deliveries took each step. A second run sends nothing twice."""
    return dict(actions.send_due(clock=clock.now, most=MOST_A_RUN).steps)
