"""What may be asked of market plans. Other rooms import from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from songda.deliveries.service.markets.models import MarketPlan, Placement, Stall
from songda.deliveries.service.markets.rules import Sheet, Stand
from songda.engines.timetable.checking import Broken, check
from songda.engines.timetable.market import Timetable, Zone

__all__ = ["Board", "Cell", "Line", "Row", "board_of", "faults_of", "sheet_of", "timetable_of"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A zone in a slot: who trades, how many people, and how many may."""

    stalls: tuple[Stall, ...]
    people: int
    capacity: int

    @property
    def over(self) -> bool:
        """Whether there are more people than may be."""
        return self.people > self.capacity


@dataclass(frozen=True, slots=True)
class Row:
    """A merchant with the slots it has and those it could be put into."""

    stall: Stall
    slots: tuple[str, ...]
    free: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One slot of the timetable across the zones."""

    slot: str
    cells: tuple[tuple[Zone, Cell], ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A plan as a timetable 时段表: slots by zones, merchants, and every rule that is broken."""

    zones: tuple[Zone, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    faults: tuple[Broken, ...]
    placed: int


def sheet_of(plan: MarketPlan, stalls: Sequence[Stall] | None = None) -> Sheet:
    """The plan's sheet as the engine takes it. One query, or none when the merchants are given."""
    rows = plan.stalls.all() if stalls is None else stalls
    stands = (
        Stand(row.name, row.zone, row.goods, row.people, row.least, row.most, row.seasonal, tuple(row.away)) for row in rows
    )
    return Sheet(tuple(Zone(name, capacity) for name, capacity in plan.zones), tuple(plan.slots), tuple(stands))


def timetable_of(plan: MarketPlan) -> Timetable:
    """Who trades when, as pairs of names. One query."""
    return frozenset(Placement.objects.filter(stall__plan=plan).values_list("stall__name", "slot"))


def faults_of(plan: MarketPlan) -> list[Broken]:
    """Every rule the timetable breaks, by the independent checker. Two queries."""
    return check(sheet_of(plan).market(), timetable_of(plan))


def board_of(plan: MarketPlan) -> Board:
    """The plan as pages show it. Two queries, however many merchants there are."""
    stalls = list(plan.stalls.prefetch_related("placements"))
    sheet = sheet_of(plan, stalls)
    had = {stall.pk: {placement.slot for placement in stall.placements.all()} for stall in stalls}
    inside: defaultdict[tuple[str, str], list[Stall]] = defaultdict(list)
    for stall in stalls:
        for slot in had[stall.pk]:
            inside[stall.zone, slot].append(stall)
    market = sheet.market()
    lines = tuple(
        Line(slot, tuple((zone, _cell(inside[zone.code, slot], market.capacity(zone.code, slot))) for zone in sheet.zones))
        for slot in sheet.slots
    )
    rows = tuple(_row(stall, had[stall.pk], sheet.slots) for stall in stalls)
    pairs = frozenset((stall.name, slot) for stall in stalls for slot in had[stall.pk])
    return Board(sheet.zones, lines, rows, tuple(check(market, pairs)), len(pairs))


def _cell(stalls: list[Stall], capacity: int) -> Cell:
    return Cell(tuple(stalls), sum(stall.people for stall in stalls), capacity)


def _row(stall: Stall, had: set[str], slots: tuple[str, ...]) -> Row:
    free = tuple(slot for slot in slots if slot not in had and slot not in stall.away)
    return Row(stall, tuple(slot for slot in slots if slot in had), free)
