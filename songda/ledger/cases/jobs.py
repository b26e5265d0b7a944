"""The sweep of every minute, the proof of every night, large exports."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.errors import Refused
from songda.kernel.jobs import job
from songda.ledger.cases import actions
from songda.ledger.cases.forms import wanted_of
from songda.ledger.cases.models import Export
from songda.registry.people.queries import actor_for

MOST_A_RUN = 20  # sweeps of 500 cases: a run ends, the next minute goes on


@job("cases.sweep_clocks", every=dt.timedelta(minutes=1))
def sweep_clocks() -> dict[str, int]:
    """Climb what is owed: cases looked at, rungs climbed, rows put off. A second run finds nothing owed."""
    looked = climbed = put_off = 0
    for _ in range(MOST_A_RUN):
        swept = actions.sweep_clocks(now=clock.now())
        looked, climbed, put_off = looked + swept.looked, climbed + swept.climbed, put_off + swept.put_off
        if not swept.looked:
            break
    return {"looked": looked, "climbed": climbed, "put_off": put_off}


@job("cases.verify_clocks", every=dt.timedelta(days=1), at=dt.timedelta(hours=2))
def verify_clocks() -> dict[str, int]:
    """Prove the clocks of all open cases from their steps: cases looked at, columns corrected, cases that could not be read."""
    found = actions.verify_clocks(now=clock.now())
    return {"looked": found.looked, "corrected": len(found.differences), "unread": found.unread}


@job("cases.write_exports", every=dt.timedelta(minutes=1))
def write_exports() -> int:
    """Write the workbooks that were too large to be written at once, as their posts see the ledger now; how many. Again: the rest."""
    written = 0
    waiting = Export.objects.filter(made_at=None, trouble="").select_related("post__person__account", "post__organisation")
    for export in waiting.order_by("id"):
        now = clock.now()
        try:
            actor = actor_for(export.post, on=clock.day_of(now))
            actions.write_export(export, wanted_of(export.query, actor), by=actor, now=now)
            written += 1
        except Refused as refused:
            Export.objects.filter(pk=export.pk).update(trouble=refused.message[:200])
    return written


@job("cases.tell_firms", every=dt.timedelta(minutes=1))
def tell_firms() -> int:
    """Tell firms the rungs of the ladder that name them; how many. A second run finds them told."""
    return actions.tell_alerts(now=clock.now())
