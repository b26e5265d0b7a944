"""The tallies of the demonstration 日计: its days so far, and the values that boards show of every district as of now."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.office.indicators.actions import compute_value, make_tallies
from songda.office.indicators.models import TallyRun
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

FIRST = dt.date(2020, 2, 10)
SHOWN = ("cases-open", "matters-resolved", "firms-visited", "firms-reached-by-push")


def tallied() -> bool:
    """Whether it was done before."""
    return TallyRun.objects.exists()


def make(*, by: Actor, now: dt.datetime) -> int:
    """Make the tallies up to yesterday, then a few values of the city and its areas; how many tallies."""
    run = make_tallies(FIRST, clock.day_of(now) - dt.timedelta(days=1), now=now)
    kinds = (Organisation.Kind.CITY, Organisation.Kind.DISTRICT, Organisation.Kind.ZONE)
    for unit in Organisation.objects.filter(kind__in=kinds, ends_on=None).order_by("area_path"):
        for code in SHOWN:
            compute_value(code, unit.pk, as_of=now, since=FIRST, by=by, now=now)
    return run.tallies
