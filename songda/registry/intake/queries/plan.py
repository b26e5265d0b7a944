"""What a roster would do: one code path for the trial run and for the writing, which only adds the writing.

A plan is made of whole columns: 26,940 rows × 40 columns are forty arrays, not a million objects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from songda.engines.rules.catalogue import Kind
from songda.engines.rules.days import day_number
from songda.registry.facts import queries as facts
from songda.registry.facts.queries import Cells
from songda.registry.intake.queries.identities import Identities, Person, RowError, identify
from songda.registry.intake.rules import columns, headings, table
from songda.registry.intake.rules.headings import Target
from songda.registry.intake.rules.unknown import Unknown, unknown
from songda.registry.organisations.models import Organisation

Progress = Callable[[str, int, int], None]  # stage in words, done, of how many
NEW = -1  # facts of row n of a new subject carry NEW - n until the subject has a number

__all__ = ["NEW", "Person", "Plan", "Progress", "RowError", "plan_roster"]


@dataclass(frozen=True)
class Plan:
    """Everything a file would change, and what is wrong with it.

    `table` holds the rows that are not blank, `numbers` where each stands in the file. `people` are the good rows' identities; `cells` their facts (a new subject's under NEW − row); `errors` name every wrong
    cell; `unknown` are the columns that are nothing known.
    """

    table: table.Table
    numbers: Sequence[int]
    targets: Sequence[Target]
    people: Sequence[Person]
    cells: Sequence[Cells]
    errors: Sequence[RowError]
    unknown: tuple[Unknown, ...]

    @property
    def refused_rows(self) -> list[int]:
        """Places of the rows that are not taken, in order."""
        return sorted({one.row for one in self.errors})


def plan_roster(path: Path, area: Organisation, as_of: dt.date, *, progress: Progress | None = None) -> Plan:
    """Read a file for an area as of a day. Invalid or TooMany where the file as a whole cannot be taken."""
    say = progress or (lambda _stage, _done, _all: None)
    say("读取文件", 0, 1)
    found = table.read(path)
    names = facts.catalogue()
    targets = headings.guess(found.headings, names)
    numbered = [(number, row) for number, row in enumerate(found.rows, found.first_row) if any(cell != "" for cell in row)]
    rows = [row for _number, row in numbered]
    read = _columns(rows, targets, day_number(as_of), say)
    say("核对主体", 0, 1)
    kinds = next((one for one in read.values() if one.fact.code == "subject_kind"), None)
    who = identify(rows, targets, area, kinds.texts if kinds else None)
    errors = [*who.errors, *(RowError(row, place, text) for place, one in read.items() for row, text in one.problems)]
    good = np.ones(len(rows), bool)
    good[[one.row for one in errors]] = False
    say("核对完成", 1, 1)
    return Plan(
        table=replace(found, rows=rows), numbers=[number for number, _row in numbered], targets=targets,
        people=[one for one in who.people if good[one.row]], cells=_cells(read, who, good), errors=errors,
        unknown=unknown(targets, rows, names),
    )  # fmt: skip


def _columns(
    rows: Sequence[Sequence[table.Cell]], targets: Sequence[Target], as_of: int, say: Progress
) -> dict[int, columns.Column]:
    """Place of the column → its values, for every column that is a fact."""
    names = facts.catalogue()
    wanted = [(place, target) for place, target in enumerate(targets) if target.fact]
    read = {}
    for done, (place, target) in enumerate(wanted, 1):
        fact = names.by_code[target.fact]
        cells = [row[place] if place < len(row) else "" for row in rows]
        read[place] = columns.read(cells, fact, target, as_of, names.code_lists.get(fact.code_list))
        say("核对数据", done, len(wanted))
    return read


def _cells(read: dict[int, columns.Column], who: Identities, good: npt.NDArray[np.bool_]) -> list[Cells]:
    """The facts of the good rows."""
    known = facts.definitions()
    numbers = NEW - np.arange(len(good))
    for one in who.people:
        if one.subject_id is not None:
            numbers[one.row] = one.subject_id
    found = []
    for column in read.values():
        kept = column.present & good
        if kept.any():
            is_code = column.fact.kind is Kind.CODE
            texts = tuple(column.texts[row] for row in np.flatnonzero(kept).tolist()) if is_code else ()
            found.append(Cells(known[column.fact.code], numbers[kept], column.days[kept], column.nums[kept], texts))
    return found
