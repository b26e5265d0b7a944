"""The board of six stabilities 六稳: each indicator under the one it belongs to, with its latest value and where it is going."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from songda.office.economy.queries.monthly import last_day
from songda.office.economy.rules.changes import Change, Point, change_of
from songda.office.economy.states import Basis, Turn
from songda.office.indicators.models import Value
from songda.office.indicators.queries import definitions, known, shown
from songda.office.indicators.queries.values import ORIGINS
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.rules.shown import Shown
from songda.office.indicators.states import Spread
from songda.registry.codes.queries import code_list
from songda.registry.organisations.models import Organisation

SIX = "six-stabilities"
LOOK_BACK = dt.timedelta(days=800)  # two years and a little: the same period a year before


@dataclass(frozen=True, slots=True)
class Held:
    """One indicator of a panel: its value as shown (None: none yet) and its change."""

    indicator: Definition
    value: Shown | None
    change: Change

    @property
    def turn(self) -> str:
        """The change in words."""
        return str(Turn(self.change.turn).label)

    @property
    def basis(self) -> str:
        """What it is compared with, in words."""
        return str(Basis(self.change.basis).label) if self.change.basis else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the six: its indicators, those with a value first."""

    code: str
    label: str
    held: tuple[Held, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is known of it."""
        return not any(one.value for one in self.held)


def board(unit: Organisation, *, as_of: dt.datetime) -> list[Panel]:
    """The six panels of a unit's territory as of a moment, in the order of the code list; one query for all values."""
    belonging: defaultdict[str, list[Definition]] = defaultdict(list)
    for one in definitions().values():
        belonging[one.stability].append(one)
    six = code_list(SIX).names
    values = _values([one.code for code in six for one in belonging[code]], unit, as_of)
    panels = []
    for code, label in six.items():
        held = [_held(one, values[one.code]) for one in belonging[code]]
        panels.append(Panel(code, label, tuple(sorted(held, key=lambda one: one.value is None))))
    return panels


def _values(codes: Sequence[str], unit: Organisation, as_of: dt.datetime) -> defaultdict[str, list[Value]]:
    rows = known(as_of).filter(code__in=codes, organisation=unit, cell="", as_of__lte=as_of, as_of__gte=as_of - LOOK_BACK)
    found: defaultdict[str, list[Value]] = defaultdict(list)
    for row in rows.select_related("indicator", "organisation"):
        found[row.code].append(row)
    return found


def _held(one: Definition, rows: list[Value]) -> Held:
    """Of values of one period the best origin counts, and of that what was recorded last."""
    if not rows:
        return Held(one, None, Change(Turn.NONE))
    best: dict[tuple[dt.date, dt.date], Value] = {}
    for row in rows:
        key = (row.since, last_day(row.as_of))
        if key not in best or _weight(row) > _weight(best[key]):
            best[key] = row
    points = {(since, until): Point(shown(row).number, since, until, row.pk) for (since, until), row in best.items()}
    newest = max(best, key=lambda key: (key[1], -key[0].toordinal()))
    earlier = [point for key, point in points.items() if key[1] < newest[1]]
    change = change_of([*earlier, points[newest]], flow=one.spread == Spread.FLOW, better=one.better)
    return Held(one, shown(best[newest]), change)


def _weight(row: Value) -> tuple[dt.datetime, int, dt.datetime]:
    return row.as_of, -ORIGINS.index(row.origin), row.recorded_at
