"""The green channel 绿色通道 in figures: how long its cases took, apart from ordinary demands (POL-13)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from songda.ledger.cases.access import visible_to
from songda.ledger.cases.models import Case, CaseClock
from songda.registry.actors import Actor

KIND = "green-channel"


@dataclass(frozen=True, slots=True)
class Handling:
    """How long cases took: `seconds` in all (numerator) over `handled` cases (denominator); `waiting` are not handled yet.

    From filing to the moment the main clock stopped: the office reported a result, or declined. Calendar time, nights included.
    """

    handled: int
    seconds: int
    waiting: int
    late: int

    @property
    def hours(self) -> Fraction | None:
        """Hours on the average; None where none was handled."""
        return Fraction(self.seconds, 3600 * self.handled) if self.handled else None

    @property
    def printed(self) -> str:
        """The average to a tenth of an hour, half up; a dash where there is none."""
        if self.hours is None:
            return "—"
        tenths = int(self.hours * 10 + Fraction(1, 2))
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def total_hours(self) -> str:
        """The numerator in hours, to a tenth."""
        tenths = int(Fraction(self.seconds, 360) + Fraction(1, 2))
        return f"{tenths // 10}.{tenths % 10}"


def handling_of(actor: Actor, first: dt.datetime, until: dt.datetime) -> tuple[Handling, Handling]:
    """The green channel's cases in sight that were filed in [first, until), and other demands beside them; never mixed."""
    seen = visible_to(actor).filter(machine="demand", opened_at__gte=first, opened_at__lt=until)
    return handling(seen.filter(kind__kind__code=KIND)), handling(seen.exclude(kind__kind__code=KIND))


def handling(cases: QuerySet[Case]) -> Handling:
    """Of these cases."""
    clocks = CaseClock.objects.filter(case__in=cases.order_by().values("pk"), main=True)
    handled, seconds, late = 0, 0, 0
    for clock in clocks.exclude(stopped_at=None).select_related("case").iterator():
        if clock.stopped_at is not None:
            handled += 1
            late += clock.late
            seconds += round((clock.stopped_at - clock.case.opened_at).total_seconds())
    return Handling(handled, seconds, clocks.filter(stopped_at=None).count(), late)
