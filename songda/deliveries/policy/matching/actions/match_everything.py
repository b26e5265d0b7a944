"""Match the whole published library against today's facts."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.library.queries import published_versions
from songda.deliveries.policy.matching.actions.match_versions import Progress, match_versions
from songda.deliveries.policy.matching.models import MatchRun
from songda.kernel import clock
from songda.registry.actors import Actor
from songda.registry.facts.actions import take_snapshot


def match_everything(*, by: Actor, now: dt.datetime, progress: Progress | None = None) -> list[MatchRun]:
    """Take a snapshot of the whole place and match every published measure against it."""
    today = clock.day_of(now)
    snapshot = take_snapshot(as_of=today, known_at=now)
    return match_versions(snapshot, published_versions(today), by=by, now=now, progress=progress)
