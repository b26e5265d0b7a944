"""Figures of units: rates by definition beside the frozen denominators, side by side with control, at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from songda.kernel import clock
from songda.kernel.paths import within
from songda.office.indicators.queries.values import values_at
from songda.office.indicators.rules.shown import Shown
from songda.office.resumption.models import Arrival, Denominator, Lamp, StopOrder
from songda.office.resumption.queries.timeline import states_at
from songda.office.resumption.rules.counting import Figures, figures
from songda.office.resumption.rules.rates import Rate
from songda.office.resumption.states import Light, Population, Variant
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.rules import TERRITORIES

STATES = ("isolating", "cleared")
SECOND = "firms-resumed-by-power"  # 用电口径: the other count of firms at work


@dataclass(frozen=True, slots=True)
class Control:
    """Control indicators of a territory now: lights, stop orders in force, people isolating, people cleared."""

    red: int
    yellow: int
    stops: int
    isolating: int
    cleared: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the board: production and control of a unit side by side; `fixed` is the rate against the frozen denominator."""

    unit: Organisation
    figures: Figures
    fixed: Rate | None
    frozen: Denominator | None
    control: Control
    second: Shown | None = None

    @property
    def gap(self) -> int | None:
        """How many more the reports count than the second source; None without one."""
        return None if self.second is None else self.figures.resumed - int(self.second.number)


def figures_at(
    area_path: str, population: str, variant: str = Variant.UNLISTED, *, on: dt.date, known_at: dt.datetime | None = None
) -> Figures:
    """The figures of a territory on a day as known at a moment."""
    return figures(states_at(area_path, on=on, known_at=known_at).of(population), variant)


def end_of(day: dt.date) -> dt.datetime:
    """The moment a day is over: what was told of it counts."""
    return clock.start_of(day + dt.timedelta(days=1))


def units_below(actor: Actor, area_path: str) -> list[Organisation]:
    """The territory asked for and those next below it, as far as the actor sees them."""
    there = Organisation.objects.filter(within(actor.area_paths), kind__in=TERRITORIES, ends_on=None)
    top = there.filter(area_path=area_path).order_by("pk").first()
    depth = area_path.count("/") + 1
    below = [one for one in there.filter(within([area_path])).order_by("area_path") if one.area_path.count("/") == depth]
    return [*([top] if top else []), *below]


def board(actor: Actor, area_path: str, population: str, variant: str, *, on: dt.date) -> list[UnitRow]:
    """Production and control by unit: one reading of the facts, one of the lights, one of the arrivals."""
    units = units_below(actor, area_path)
    rows = states_at(area_path, on=on).of(population)
    frozen = latest_denominators(units, population, variant)
    controls = controls_of(units)
    beside = values_at(SECOND, units, as_of=end_of(on)) if population == Population.FIRMS else {}
    found = []
    for unit, part in zip(units, rows.below([unit.area_path for unit in units]), strict=True):
        told = figures(part, variant)
        base = frozen.get(unit.pk)
        fixed = Rate(told.resumed, base.subjects) if base else None
        found.append(UnitRow(unit, told, fixed, base, controls[unit.pk], beside.get(unit.pk)))
    return found


def latest_denominators(units: Sequence[Organisation], population: str, variant: str) -> dict[int, Denominator]:
    """The newest frozen denominator of each unit."""
    rows = Denominator.objects.filter(organisation__in=units, population=population, variant=variant).order_by("number")
    return {one.organisation_id: one for one in rows}


def controls_of(units: Sequence[Organisation]) -> dict[int, Control]:
    """Control indicators of units, counted where their subjects lie; a unit's own territory with all below it."""
    widest = [unit.area_path for unit in units]
    lamps = list(
        Lamp.objects.filter(within(widest, "subject__area_path"), until=None)
        .values_list("subject__area_path", "light").annotate(Count("pk"))
    )  # fmt: skip
    stops = list(
        StopOrder.objects.filter(within(widest, "subject__area_path"), state="standing")
        .values_list("subject__area_path").annotate(Count("pk"))
    )  # fmt: skip
    people = list(
        Arrival.objects.filter(within(widest), state__in=STATES)
        .values_list("area_path", "state").annotate(Sum("people"))
    )  # fmt: skip

    def below(unit: Organisation) -> Control:
        path = unit.area_path
        shine = {light: sum(count for at, one, count in lamps if one == light and at.startswith(path)) for light in Light.values}
        moved = {one: sum(count for at, state, count in people if state == one and at.startswith(path)) for one in STATES}
        standing = sum(count for at, count in stops if at.startswith(path))
        return Control(shine[Light.RED], shine[Light.YELLOW], standing, moved["isolating"], moved["cleared"])

    return {unit.pk: below(unit) for unit in units}
