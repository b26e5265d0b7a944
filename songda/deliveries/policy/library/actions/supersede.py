"""End published versions 替代: by a newer version of the measure, or with the document they stood on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.states import MEASURE
from songda.kernel.audit.actions import record
from songda.kernel.machines import move
from songda.registry.actors import Actor


def supersede_versions(versions: Iterable[MeasureVersion], *, by: Actor, now: dt.datetime) -> int:
    """Move each to 已被替代, with an audit row; how many. The caller has checked the permission."""
    ended = 0
    for version in versions:
        move(MEASURE, version, "supersede")
        record("policy.supersede", version, by=by, now=now, before={"state": "published"}, after={"state": "superseded"})
        ended += 1
    return ended
