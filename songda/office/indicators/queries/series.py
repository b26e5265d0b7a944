"""Daily series 逐日数 from the tallies: one indicator, one unit, days without a gap where they were made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min

from songda.deliveries.service.visits.states import VisitKind
from songda.kernel.recall import recalled
from songda.ledger.cases.models import KindVersion
from songda.ledger.cases.states import MACHINES, Grade
from songda.ledger.notices.states import CHANNELS
from songda.office.indicators.models import Tally, TallyRun
from songda.office.indicators.queries.definitions import definitions
from songda.office.indicators.rules.cells import CELLS
from songda.office.indicators.rules.definitions import Definition, in_unit
from songda.office.indicators.rules.shown import printed
from songda.registry.organisations.models import Organisation

WORDS: Mapping[str, Mapping[str, object]] = {
    "cell": CELLS, "machine": {name: one.label for name, one in MACHINES.items()}, "grade": dict(Grade.choices),
    "channel": CHANNELS, "kind": dict(VisitKind.choices),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers by day as sources count them (money in fen); `words` in the indicator's unit. Only days that were made."""

    days: Sequence[dt.date]
    numbers: Sequence[int]
    words: Sequence[str]

    @property
    def table(self) -> list[tuple[dt.date, str]]:
        """The latest day first."""
        return list(zip(self.days, self.words, strict=True))[::-1]


def days_made() -> tuple[dt.date, dt.date] | None:
    """The first and the last day that tallies were made for."""
    ends = TallyRun.objects.aggregate(first=Min("first"), last=Max("last"))
    return (ends["first"], ends["last"]) if ends["first"] else None


def series_of(one: Definition, unit: Organisation, *, first: dt.date, last: dt.date, cell: str = "") -> Series:
    """The tallies of these days; a day made without a row is 0, one not made is left out."""
    runs = TallyRun.objects.filter(first__lte=last, last__gte=first).values_list("first", "last").distinct()
    made = {begin + dt.timedelta(days=at) for begin, end in runs for at in range((end - begin).days + 1)}
    days = [day for day in sorted(made) if first <= day <= last]
    rows = Tally.objects.filter(code=one.code, organisation=unit, cell=cell, day__range=(first, last))
    kept: Mapping[dt.date, int] = dict(rows.values_list("day", "number"))
    numbers = [kept.get(day, 0) for day in days]
    return Series(days, numbers, [printed(in_unit(one, number), one.decimals) for number in numbers])


def cells_of(one: Definition, unit: Organisation, day: dt.date) -> list[tuple[str, str, int]]:
    """The tallies of a day by cell: code, label, number."""
    rows = Tally.objects.filter(code=one.code, organisation=unit, day=day).exclude(cell="").order_by("cell")
    return [(cell, cell_label(one, cell), number) for cell, number in rows.values_list("cell", "number")]


def cell_label(one: Definition, cell: str) -> str:
    """A cell in words; its code where there are none."""
    if one.cells == "kind" and one.source.startswith("cases"):
        return kind_labels().get(cell, cell)
    return str(WORDS.get(one.cells, {}).get(cell, cell))


@recalled
def kind_labels() -> dict[str, str]:
    """Kinds of matters by code."""
    return dict(KindVersion.objects.filter(retired_at=None).values_list("kind__code", "label"))


def tallies_of(unit: Organisation, day: dt.date) -> dict[str, str]:
    """What a unit's tallies of a day say, by indicator, in the indicator's unit."""
    known = definitions()
    rows = Tally.objects.filter(organisation=unit, day=day, cell="").values_list("code", "number")
    return {code: printed(in_unit(known[code], number), known[code].decimals) for code, number in rows if code in known}


def tallies_by_unit(one: Definition, day: dt.date) -> dict[int, str]:
    """The same of one indicator, by unit."""
    rows = Tally.objects.filter(code=one.code, day=day, cell="").values_list("organisation_id", "number")
    return {unit: printed(in_unit(one, number), one.decimals) for unit, number in rows}


def cells_by_unit(code: str, day: dt.date) -> dict[int, dict[str, int]]:
    """The same of every unit that keeps tallies; under "" its whole."""
    found: dict[int, dict[str, int]] = {}
    for unit, cell, number in Tally.objects.filter(code=code, day=day).values_list("organisation_id", "cell", "number"):
        found.setdefault(unit, {})[cell] = number
    return found
