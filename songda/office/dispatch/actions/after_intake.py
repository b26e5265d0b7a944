"""After a roster came in: freeze the facts and match everything again."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.matching.actions import match_everything
from songda.deliveries.policy.matching.models import MatchRun
from songda.registry.actors import Actor


def after_intake(*, by: Actor, now: dt.datetime) -> list[MatchRun]:
    """One snapshot and one pass over all published measures; safe to run again."""
    return match_everything(by=by, now=now)
