"""Write many facts at once: only what is new, with what follows from it (sizes, the columns lists filter by).

The caller holds the transaction and writes the one audit row, with the digest of the difference given back here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from django.db import connection

from songda.engines.rules.catalogue import Kind
from songda.engines.rules.days import EPOCH
from songda.kernel import bulk
from songda.registry.codes import queries as codes
from songda.registry.facts.models import Fact, FactDefinition, Source
from songda.registry.facts.queries.catalogue import source_named
from songda.registry.facts.queries.changes import Cells, changes
from songda.registry.facts.queries.held import NO_TEXT, Held, Reach, held
from songda.registry.facts.rules.computed import COMPUTED, HOT, SIZE, SIZE_INPUTS, size_of
from songda.registry.subjects.models import Subject

CHUNK = 20_000
FEW = 500
_COLUMNS = ("subject_id", "fact_id", "valid_from", "recorded_at", "source_id", "num", "text", "void")
Value = tuple[int, int, str]  # day, number, text


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, about which subjects, and the digest of the difference."""

    facts: int
    subjects: frozenset[int]
    digest: str


def record_cells(
    cells: Sequence[Cells], *, source_code: str, now: dt.datetime, area_path: str = "", progress: bulk.Progress | None = None
) -> Written:
    """Write what is new in a return about an area's subjects. `progress` is told the rows written so far."""
    return write_changes(cells, Reach(area_path), source=source_named(source_code), now=now, progress=progress)


def write_changes(
    cells: Sequence[Cells],
    reach: Reach,
    *,
    source: Source,
    now: dt.datetime,
    touched: Mapping[str, int] | None = None,
    progress: bulk.Progress | None = None,
) -> Written:
    """As `record_cells`, within `reach`. `touched`: facts (code → subject) withdrawn by the caller, whose effects must follow."""
    followed = {one.code: one for one in FactDefinition.objects.filter(code__in={*HOT, *SIZE_INPUTS})}
    wanted = {one.fact.pk for one in cells} | {one.pk for one in followed.values()}
    known = held(Reach(reach.area_path, reach.subjects, wanted))
    new = changes(cells, known)
    view = View(known, new, followed, touched or {})
    computed = changes(sized(view, told_sizes(cells)), known)
    at = moment_for([*new, *computed], known, now)
    done = insert(new, source, at, progress)
    if computed:
        done += insert(computed, computed_source(), at, None)
    follow(View(known, [*new, *computed], followed, touched or {}))
    subjects = frozenset(subject for one in new for subject in one.subjects.tolist())
    return Written(done, subjects, digest_of([*new, *computed]))


@dataclass(frozen=True)
class View:
    """What is held and what is being written over it, by fact code."""

    known: Held
    new: Sequence[Cells]
    definitions: Mapping[str, FactDefinition]
    touched: Mapping[str, int]

    def moved(self, code: str) -> set[int]:
        """Subjects about whom a fact is being told or taken back."""
        told = {subject for one in self.new if one.fact.code == code for subject in one.subjects.tolist()}
        return told | ({self.touched[code]} if code in self.touched else set())

    def latest(self, code: str) -> dict[int, Value]:
        """The latest value of a fact for each subject, the new ones over the held ones."""
        definition = self.definitions.get(code)
        if definition is None:
            return {}
        rows = self.known.of(definition.pk).last_of_each()
        words = {NO_TEXT: "", **{place: word for word, place in rows.vocabulary.items()}}
        columns = (rows.subjects.tolist(), rows.days.tolist(), rows.nums.tolist(), rows.texts.tolist())
        found = {subject: (day, num, words[text]) for subject, day, num, text in zip(*columns, strict=True)}
        for one in self.new:
            if one.fact.code == code:
                lay_over(found, one)
        return found


def lay_over(found: dict[int, Value], cells: Cells) -> None:
    """Put the cells in place of older values."""
    texts = cells.texts or ("",) * len(cells.subjects)
    for subject, day, num, text in zip(cells.subjects.tolist(), cells.days.tolist(), cells.nums.tolist(), texts, strict=True):
        if subject not in found or found[subject][0] <= day:
            found[subject] = (day, num, text)


def told_sizes(cells: Sequence[Cells]) -> set[int]:
    """Subjects whose size the return states itself: it is not computed over them."""
    return {subject for one in cells if one.fact.code == SIZE for subject in one.subjects.tolist()}


def sized(view: View, told: set[int]) -> list[Cells]:
    """The sizes that follow from inputs which changed, from the day of the latest input."""
    definition = view.definitions.get(SIZE)
    moved = set().union(*(view.moved(code) for code in SIZE_INPUTS)) - told
    lists = codes.code_lists({definition.code_list}) if definition and moved else {}
    if definition is None or not lists:
        return []
    inputs = {code: view.latest(code) for code in SIZE_INPUTS}
    found = []
    for subject in sorted(moved):
        values = {code: inputs[code][subject] for code in SIZE_INPUTS if subject in inputs[code]}
        industry = values.pop("industry", (0, 0, ""))
        size = size_of(industry[2], {code: value[1] for code, value in values.items()}, lists[definition.code_list])
        if size is not None:
            found.append((subject, max([industry[0], *(value[0] for value in values.values())]), size))
    if not found:
        return []
    subjects, days, sizes = zip(*found, strict=True)
    return [Cells(definition, np.array(subjects), np.array(days), np.zeros(len(found), np.int64), sizes)]


def moment_for(cells: Sequence[Cells], known: Held, now: dt.datetime) -> dt.datetime:
    """When the rows count as recorded: now, but after any row about the same things that the clock has not yet passed.

    Two corrections within one tick (or under a clock put back) keep their order.
    """
    if known.newest is None or known.newest < now:
        return now
    days = {EPOCH + dt.timedelta(days=day) for one in cells for day in np.unique(one.days).tolist()}
    there = Fact.objects.filter(recorded_at__gte=now, fact__in={one.fact.pk for one in cells}, valid_from__in=days)
    subjects = {subject for one in cells for subject in one.subjects.tolist()}
    if len(subjects) <= FEW:
        there = there.filter(subject_id__in=subjects)
    return known.newest + dt.timedelta(microseconds=1) if there.exists() else now


def insert(cells: Sequence[Cells], source: Source, at: dt.datetime, progress: bulk.Progress | None) -> int:
    """Append the rows, subject by subject, so that the index grows at its end.

    The few distinct days and the one moment are put in the database's form once, not once a row: it halves the time.
    """
    if not cells:
        return 0
    fields = bulk.fields_of(Fact, _COLUMNS)
    write = bulk.copy_chunk if connection.vendor == "postgresql" else bulk.insert_chunk
    return bulk.in_chunks(rows_of(cells, source.pk, at), lambda chunk: write(Fact, fields, chunk), progress)


def rows_of(cells: Sequence[Cells], source_id: int, at: dt.datetime) -> Iterator[tuple[object, ...]]:
    """Database rows in the order of subject and fact, made a chunk at a time."""
    subjects, days, nums = (np.concatenate([getattr(one, name) for one in cells]) for name in ("subjects", "days", "nums"))
    facts = np.concatenate([np.full(len(one.subjects), one.fact.pk) for one in cells])
    coded = np.concatenate([np.full(len(one.subjects), one.fact.kind_of() is Kind.CODE) for one in cells])
    texts = np.concatenate([np.array(one.texts or [None] * len(one.subjects), object) for one in cells])
    dates = {one: connection.ops.adapt_datefield_value(EPOCH + dt.timedelta(days=one)) for one in np.unique(days).tolist()}
    moment, order = connection.ops.adapt_datetimefield_value(at), np.lexsort((days, facts, subjects))
    for start in range(0, len(order), CHUNK):
        part = order[start : start + CHUNK]
        numbers = nums[part].astype(object)
        numbers[coded[part]] = None
        columns = [column[part].tolist() for column in (subjects, facts, days, texts)]
        yield from zip(
            columns[0], columns[1], map(dates.__getitem__, columns[2]), repeat(moment), repeat(source_id),
            numbers.tolist(), columns[3], repeat(False),
        )  # fmt: skip


def follow(view: View) -> None:
    """Let the columns that lists filter by take the latest values of their facts."""
    for code in HOT:
        moved = view.moved(code)
        if moved:
            latest = view.latest(code)
            bulk.update(Subject, [code], ((column_value(code, latest.get(subject)), subject) for subject in sorted(moved)))


def column_value(code: str, value: Value | None) -> object:
    """A fact's value as its column on the subject keeps it."""
    if code in ("industry", "size"):
        return value[2] if value else ""
    if value is None:
        return None
    return bool(value[1]) if code == "above_scale" else EPOCH + dt.timedelta(days=value[1])


def computed_source() -> Source:
    """The source of what the system computes itself."""
    return Source.objects.get_or_create(code=COMPUTED, defaults={"name": "系统计算"})[0]


def digest_of(cells: Sequence[Cells]) -> str:
    """SHA-256 over every row of the difference."""
    seen = hashlib.sha256()
    for one in cells:
        seen.update(one.fact.code.encode())
        for column in (one.subjects, one.days, one.nums):
            seen.update(np.ascontiguousarray(column, np.int64).tobytes())
        seen.update("\n".join(one.texts).encode())
    return seen.hexdigest()
