"""Keeping flags of one origin as they should be 维护提示: what no longer follows goes, what is new comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Set

from songda.office.indicators.models import Flag
from songda.office.indicators.states import FlagOrigin

Wanted = tuple[int, str, str, str]  # observation, kind, severity, text


def keep_flags(wanted: Set[Wanted], observations: Collection[int], origin: FlagOrigin, now: dt.datetime) -> int:
    """Make the flags of this origin on these observations exactly the wanted ones; how many came or went."""
    rows = Flag.objects.filter(observation__in=observations, origin=origin)
    held = {(row.observation_id, row.kind, row.severity, row.text): row.pk for row in rows}
    gone = [pk for key, pk in held.items() if key not in wanted]
    Flag.objects.filter(pk__in=gone).delete()
    fresh = [
        Flag(observation_id=pk, kind=kind, severity=severity, text=text, origin=origin, raised_at=now)
        for pk, kind, severity, text in sorted(wanted - held.keys())
    ]
    Flag.objects.bulk_create(fresh)
    return len(gone) + len(fresh)
