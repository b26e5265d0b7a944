"""Values as of a moment, as known at another 截至某时、按某时所知 (SUP-08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypedDict, Unpack

from django.db.models import OuterRef, Q, QuerySet, Subquery

from songda.office.indicators.models import Value
from songda.office.indicators.rules.definitions import definition_of
from songda.office.indicators.rules.shown import Shown
from songda.office.indicators.states import Origin, Spread
from songda.registry.organisations.models import Organisation

ORIGINS: tuple[str, ...] = (Origin.COMPUTED, Origin.RETURNED, Origin.READ)


class Which(TypedDict, total=False):
    """Which values: of a period that begins on `since`, of a cell, known at a moment, of these origins (best first)."""

    since: dt.date | None
    cell: str
    known_at: dt.datetime | None
    origins: Sequence[str]


def value_at(code: str, organisation: Organisation, *, as_of: dt.datetime, **which: Unpack[Which]) -> Shown | None:
    """The newest value with as_of ≤ T known at K; None where there is none.

    `since`, `cell`, `known_at` (None: now) and `origins` narrow it. Among values of the newest moment the order of `origins` decides, then
    the longer period, then what was recorded last.
    """
    found = values_at(code, [organisation], as_of=as_of, **which)
    return found.get(organisation.pk)


def values_at(
    code: str, organisations: Iterable[Organisation], *, as_of: dt.datetime, **which: Unpack[Which]
) -> dict[int, Shown]:
    """The same for several units, by id, in one query."""
    origins = tuple(which.get("origins", ORIGINS))
    rows = known(which.get("known_at")).filter(code=code, organisation__in=list(organisations), as_of__lte=as_of)
    rows = rows.filter(cell=which.get("cell", ""), origin__in=origins)
    if (since := which.get("since")) is not None:
        rows = rows.filter(since=since)
    newest = rows.filter(organisation=OuterRef("organisation")).order_by("-as_of").values("as_of")[:1]
    best: dict[int, Value] = {}
    for row in rows.filter(as_of=Subquery(newest)).select_related("indicator", "organisation"):
        kept = best.get(row.organisation_id)
        if kept is None or _weight(row, origins) > _weight(kept, origins):
            best[row.organisation_id] = row
    return {key: shown(row) for key, row in best.items()}


def known(known_at: dt.datetime | None = None) -> QuerySet[Value]:
    """The values in effect, as known at a moment: recorded by then, and not replaced by anything recorded by then."""
    if known_at is None:
        return Value.objects.filter(replaced_by=None)
    later = Q(replaced_by=None) | Q(replaced_by__recorded_at__gt=known_at)
    return Value.objects.filter(later, recorded_at__lte=known_at)


def shown(row: Value) -> Shown:
    """A row as it is shown. Its indicator and unit must be at hand (`select_related`)."""
    one = definition_of(row.indicator.body)
    return Shown(
        code=row.code, label=one.label, number=Fraction(row.number, 10**row.scale), unit=one.unit, counts=one.counts,
        organisation=row.organisation.short_name, cell=row.cell, as_of=row.as_of,
        since=row.since if one.spread == Spread.FLOW else None, origin=row.origin, source=row.source, reference=row.reference,
        scope=row.scope, precision=row.precision, numerator=_whole(row.numerator), denominator=_whole(row.denominator),
        explanation=row.explanation, decimals=max(one.decimals, row.scale), value_id=row.pk, parts=(row.pk,),
    )  # fmt: skip


def _whole(number: int | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _weight(row: Value, origins: Sequence[str]) -> tuple[dt.datetime, int, int, dt.datetime, int]:
    return row.as_of, -origins.index(row.origin), -row.since.toordinal(), row.recorded_at, row.pk
