"""The matrix of scale by sector 规模与门类 (CMD-16): firms of each area in exactly one cell; projects, markets, merchants apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songda.office.indicators.models import TallyRun
from songda.office.indicators.queries.rolling import AREAS
from songda.office.indicators.queries.series import cells_by_unit
from songda.office.indicators.queries.source_subjects import ENTERPRISES, MARKETS, MERCHANTS, PROJECTS, Register
from songda.office.indicators.rules.cells import BY_KIND, CELLS
from songda.registry.organisations.models import Organisation

COLUMNS = tuple(cell for cell in CELLS if cell not in set(BY_KIND.values()) - {"agriculture"})
APART: Mapping[str, Register] = {"projects": PROJECTS, "markets": MARKETS, "merchants": MERCHANTS}
FIRMS = "firms"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One area: firms by cell (its code, its label, how many), their number, and what is counted apart."""

    unit: Organisation
    cells: tuple[tuple[str, object, int], ...]
    total: int
    apart: tuple[tuple[str, int], ...]

    @property
    def agrees(self) -> bool:
        """Whether the cells add up to the number of firms."""
        return sum(number for _cell, _label, number in self.cells) == self.total


@dataclass(frozen=True, slots=True)
class Matrix:
    """The unit and the areas below it, with the labels of the columns. `tallied`: as the tallies of the day say, else counted now."""

    heads: Sequence[object]
    rows: Sequence[MatrixRow]
    tallied: bool


def matrix(unit: Organisation, day: dt.date) -> Matrix:
    """Areas that keep tallies from the tallies of the day; others counted from the register as of that day."""
    below = list(Organisation.objects.filter(parent=unit, kind__in=AREAS, ends_on=None).order_by("area_path"))
    units = [unit, *below]
    tallied = (
        all(one.kind != Organisation.Kind.STREET for one in units)
        and TallyRun.objects.filter(first__lte=day, last__gte=day).exists()
    )
    if tallied:
        found = {code: cells_by_unit(code, day) for code in (FIRMS, *APART)}
    else:
        found = {code: _counted(register, units, day) for code, register in {FIRMS: ENTERPRISES, **APART}.items()}
    return Matrix([CELLS[cell] for cell in COLUMNS], [_row(one, found) for one in units], tallied)


def _row(unit: Organisation, found: Mapping[str, Mapping[int, Mapping[str, int]]]) -> MatrixRow:
    firms = found[FIRMS].get(unit.pk, {})
    cells = tuple((cell, CELLS[cell], firms.get(cell, 0)) for cell in COLUMNS)
    apart = tuple((code, found[code].get(unit.pk, {}).get("", 0)) for code in APART)
    return MatrixRow(unit, cells, firms.get("", 0), apart)


def _counted(register: Register, units: Sequence[Organisation], day: dt.date) -> dict[int, dict[str, int]]:
    """By unit and cell, under "" the whole; one reading of the widest area."""
    told = register.by_place(units[0].area_path, day)
    found: dict[int, dict[str, int]] = {}
    for one in units:
        cells: Counter[str] = Counter()
        for (path, cell), number in told.items():
            if path.startswith(one.area_path):
                cells[cell] += number
                cells[""] += number
        found[one.pk] = dict(cells)
    return found
