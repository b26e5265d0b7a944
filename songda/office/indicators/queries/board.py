"""The page of an indicator 指标页: what it is, what it was at a moment as known at another, by unit, beside its second source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from songda.office.indicators.models import Value
from songda.office.indicators.queries.definitions import definition, definitions
from songda.office.indicators.queries.rolling import RolledUp, rolled_up
from songda.office.indicators.queries.values import ORIGINS, known, shown, value_at
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.rules.shown import Shown, printed
from songda.office.indicators.states import Counts, Origin, Spread
from songda.registry.codes import queries as codes
from songda.registry.organisations.models import Organisation

STABILITIES = "six-stabilities"


@dataclass(frozen=True, slots=True)
class Gap:
    """What another source says of the same thing 旁证, and by how much it differs."""

    value: Shown
    difference: str
    share: str


@dataclass(frozen=True, slots=True)
class Board:
    """An indicator of a unit, as of T as known at K."""

    one: Definition
    labels: Mapping[str, str]
    value: Shown | None
    below: RolledUp | None
    gap: Gap | None
    second: Definition | None

    @property
    def numerator(self) -> str:
        """The label of what stands above the line."""
        return self.labels.get(self.one.numerator, "")

    @property
    def denominator(self) -> str:
        """The label of what stands below it."""
        return self.labels.get(self.one.denominator, "")


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the list, with what is newest of the unit."""

    one: Definition
    counts: str
    spread: str
    origin: str
    value: Shown | None
    tally: str


def board(
    code: str, unit: Organisation, *, as_of: dt.datetime, known_at: dt.datetime | None = None, broken_down: bool = True
) -> Board:
    """Everything of the page; `broken_down`: with the units below."""
    one, labels = definition(code), {key: each.label for key, each in definitions().items()}
    value = value_at(code, unit, as_of=as_of, known_at=known_at)
    second = definition(one.second) if one.second else None
    beside = value_at(one.second, unit, as_of=as_of, known_at=known_at) if one.second else None
    below = rolled_up(code, unit, as_of=as_of, known_at=known_at) if broken_down else None
    return Board(one, labels, value, below, gap(value, beside) if value and beside else None, second)


def gap(value: Shown, beside: Shown) -> Gap:
    """By how much the declared number lies above or below what the other source says."""
    difference = value.number - beside.number
    sign = "+" if difference > 0 else ""
    share = f"{sign}{printed(difference * 100 / beside.number, 2)}%" if beside.number else ""
    return Gap(beside, f"{sign}{printed(difference, value.decimals)}{value.unit}", share)


def listed(unit: Organisation, asked: Mapping[str, str], tallies: Mapping[str, str], *, as_of: dt.datetime) -> list[Line]:
    """The indicators that were asked for, in the order of the pack, with the newest value of the unit, or what its tally says."""
    wanted = [one for one in definitions().values() if _fits(one, asked)]
    newest = newest_of(unit, [one.code for one in wanted], as_of=as_of)
    return [
        Line(
            one,
            str(Counts(one.counts).label),
            str(Spread(one.spread).label),
            str(Origin(one.origin).label),
            newest.get(one.code),
            tallies.get(one.code, ""),
        )
        for one in wanted
    ]


def newest_of(unit: Organisation, codes: Sequence[str], *, as_of: dt.datetime) -> dict[str, Shown]:
    """The newest value of each code, of the whole, in one query."""
    rows = known().filter(organisation=unit, code__in=codes, as_of__lte=as_of, cell="")
    newest = rows.filter(code=OuterRef("code")).order_by("-as_of").values("as_of")[:1]
    found = rows.filter(as_of=Subquery(newest)).select_related("indicator", "organisation").order_by("pk")
    return {row.code: shown(row) for row in sorted(found, key=lambda row: -ORIGINS.index(row.origin))}


def stabilities() -> dict[str, str]:
    """The six stabilities 六稳, code → label; nothing where the dictionary is not loaded."""
    found = codes.code_lists({STABILITIES}).get(STABILITIES)
    return dict(found.names) if found else {}


def told_of(code: str, unit: Organisation) -> QuerySet[Value]:
    """Every value of an indicator of a unit, replaced ones too, the newest first."""
    rows = Value.objects.filter(code=code, organisation=unit).select_related("indicator", "organisation", "replaced_by")
    return rows.order_by("-as_of", "-pk")


def former_of(value: Value) -> list[Value]:
    """What stood before it, the latest first."""
    found: list[Value] = []
    while value.replaces is not None:
        value = value.replaces
        found.append(value)
    return found


def _fits(one: Definition, asked: Mapping[str, str]) -> bool:
    words = asked.get("q", "")
    return (
        (not words or words in one.label or words in one.code or words in one.population)
        and asked.get("counts", "") in ("", one.counts)
        and asked.get("origin", "") in ("", one.origin)
        and asked.get("stability", "") in ("", one.stability)
    )
