"""Freeze the facts of an area as of a day as known at a moment, in a Parquet file that never changes (SUP-08).

Columns (see engines/match/snapshot.py): `subject`, `area_path`, then for each fact that is not personal its code — numbers in stored
units, days since 1970-01-01, 1/0, code texts; `<code>__<year>` for a series; the day of the latest occurrence for an event;
`<code>__asof` where freshness matters. NULL is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from songda.engines.match.column import ASOF, NEVER
from songda.engines.rules.catalogue import Kind
from songda.engines.rules.days import EPOCH, day_number
from songda.kernel.paths import within
from songda.kernel.placing import placed
from songda.registry.facts.models import Coverage, FactDefinition, Snapshot
from songda.registry.facts.queries.catalogue import definitions
from songda.registry.facts.queries.held import NO_TEXT, Held, Ints, Reach, held
from songda.registry.facts.queries.snapshots import digest_of, verified
from songda.registry.facts.rules.standing import taken_on
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import merged_by

FOLDER = "snapshots"
UNKNOWN = np.iinfo(np.int64).min  # stands for NULL until the file is written
ROW_GROUP = 8192  # rows that DuckDB holds back before it writes: a wide table of all of them would take half a gigabyte


@dataclass(frozen=True)
class Words:
    """A column of texts: the place of each in `words` (NO_TEXT: none)."""

    places: Ints
    words: tuple[str, ...]

    @classmethod
    def of(cls, texts: list[str]) -> Words:
        """Texts as places."""
        words = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        return cls(np.array([words[text] for text in texts], np.int64), tuple(words))


@dataclass(frozen=True)
class Nothing:
    """A column of which nothing is known for anybody, by its type in the file: of 900 entries of the catalogue all but some eighty."""

    type: str = "BIGINT"


Made = Ints | Words | Nothing
Named = tuple[str, Made]


@transaction.atomic
def take_snapshot(*, as_of: dt.date, known_at: dt.datetime, area_path: str = "") -> Snapshot:
    """The facts of all subjects below `area_path`. The same question again gives the snapshot taken first."""
    known = Snapshot.objects.filter(as_of=as_of, known_at=known_at, area_path=area_path).first()
    if known is not None:
        verified(known)
        return known
    subjects, paths = standing(known_at, area_path)
    rows = held(Reach(area_path), known_at=known_at, until=as_of)
    columns = dict(columns_of(rows, subjects, paths, as_of=as_of, known_at=known_at))
    made = Snapshot(as_of=as_of, known_at=known_at, area_path=area_path, rows=len(subjects))
    made.path = f"{FOLDER}/{as_of}-{known_at:%Y%m%dT%H%M%S%f}-{area_path.replace('/', '_') or 'all'}.parquet"
    path = Path(settings.MEDIA_ROOT) / made.path
    write(path, {"subject": subjects, "area_path": Words.of(paths), **columns})
    made.digest = digest_of(path)
    made.save()
    return made


def standing(known_at: dt.datetime, area_path: str) -> tuple[Ints, list[str]]:
    """Numbers and paths of the subjects that were in the register at a moment, without those merged into others by then."""
    rows = Subject.objects.filter(Q(registered_at=None) | Q(registered_at__lte=known_at))
    if area_path:
        rows = rows.filter(within([area_path]))
    merged = merged_by(known_at)
    found = [row for row in rows.order_by("pk").values_list("pk", "area_path") if row[0] not in merged]
    return np.array([number for number, _path in found], np.int64), [path for _number, path in found]


def columns_of(rows: Held, subjects: Ints, paths: list[str], *, as_of: dt.date, known_at: dt.datetime) -> Iterator[Named]:
    """Every column of the file, in the catalogue's order."""
    for fact in definitions().values():
        if fact.personal:
            continue
        own = _among(rows.of(fact.pk), subjects)
        if fact.kind_of() is Kind.LIST:
            yield fact.code, _membership(own, subjects, covered(fact, paths, as_of, known_at))
        elif len(own.subjects):
            yield from _told(fact, own, subjects)
        elif fact.kind_of() is not Kind.SERIES:  # a series has a column a year, so here it has none
            yield fact.code, Nothing("VARCHAR" if fact.kind_of() is Kind.CODE else "BIGINT")
        if fact.freshness_days is not None:
            yield f"{fact.code}__{ASOF}", _taken(fact, own.last_of_each(), subjects) if len(own.subjects) else Nothing()


def _told(fact: FactDefinition, rows: Held, subjects: Ints) -> Iterator[Named]:
    """The columns of a fact that somebody has told, the day it was taken aside."""
    match fact.kind_of():
        case Kind.SERIES:
            yield from _years(fact, rows, subjects)
        case Kind.EVENT:
            yield fact.code, _occurrence(rows, subjects)
        case Kind.CODE:
            yield fact.code, _codes(rows.last_of_each(), subjects)
        case _:
            last = rows.last_of_each()
            yield fact.code, _spread(last.subjects, last.nums, subjects)


def covered(fact: FactDefinition, paths: list[str], as_of: dt.date, known_at: dt.datetime) -> npt.NDArray[np.bool_]:
    """For which subjects a list was known to be complete on the day."""
    rows = Coverage.objects.filter(fact=fact, starts_on__lte=as_of, recorded_at__lte=known_at)
    areas = tuple(rows.filter(Q(ends_on=None) | Q(ends_on__gte=as_of)).values_list("area_path", flat=True))
    return np.array([path.startswith(areas) for path in paths], bool)


def write(path: Path, columns: Mapping[str, Made]) -> None:
    """Write the file beside its place, then put it there, readable only: it is whole or it is not there."""
    known = ((f"c{at}", column) for at, column in enumerate(columns.values()) if not isinstance(column, Nothing))
    arrays = {raw: column.places if isinstance(column, Words) else column for raw, column in known}
    listed = ", ".join(_expression(f"c{at}", name, column) for at, (name, column) in enumerate(columns.items()))
    with placed(path) as beside, duckdb.connect(config={"threads": 1}) as base:  # one thread: the same content is the same file
        base.register("frozen", arrays)
        target = _quoted(str(beside))
        base.execute(
            f"COPY (SELECT {listed} FROM frozen) TO {target} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
        )
        beside.chmod(0o444)


def _expression(raw: str, name: str, column: Made) -> str:
    if isinstance(column, Nothing):
        return f'NULL::{column.type} AS "{name}"'
    if not isinstance(column, Words):
        return f'NULLIF({raw}, {UNKNOWN}) AS "{name}"'
    words = ", ".join(_quoted(word) for word in column.words)
    return f'([{words}]::VARCHAR[])[{raw} + 1] AS "{name}"'  # element 0 is NULL


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _among(rows: Held, subjects: Ints) -> Held:
    """Only the rows of these subjects (a snapshot of an area reads those of merged rows elsewhere too)."""
    place = np.searchsorted(subjects, rows.subjects)
    inside = np.zeros(len(place), bool)
    reachable = place < len(subjects)
    inside[reachable] = subjects[place[reachable]] == rows.subjects[reachable]
    return rows if inside.all() else rows.where(inside)


def _spread(whose: Ints, values: Ints, subjects: Ints, blank: int = UNKNOWN) -> Ints:
    """Values of some subjects as a column of all."""
    column = np.full(len(subjects), blank, np.int64)
    column[np.searchsorted(subjects, whose)] = values
    return column


def _years(fact: FactDefinition, rows: Held, subjects: Ints) -> Iterator[Named]:
    years = rows.days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    for year in np.unique(years).tolist():
        inside = years == year
        yield f"{fact.code}__{year}", _spread(rows.subjects[inside], rows.nums[inside], subjects)


def _membership(rows: Held, subjects: Ints, complete: npt.NDArray[np.bool_]) -> Ints | Nothing:
    if not len(rows.subjects) and not complete.any():
        return Nothing()
    last = rows.last_of_each()
    column = np.where(complete, np.int64(0), np.int64(UNKNOWN))
    column[np.searchsorted(subjects, last.subjects)] = last.nums
    return column


def _occurrence(rows: Held, subjects: Ints) -> Ints:
    column = _spread(rows.subjects, np.full(len(rows.subjects), NEVER), subjects)
    happened = rows.where(rows.nums == 1).last_of_each()
    column[np.searchsorted(subjects, happened.subjects)] = happened.days
    return column


def _codes(last: Held, subjects: Ints) -> Words:
    return Words(_spread(last.subjects, last.texts, subjects, NO_TEXT), tuple(last.vocabulary))


def _taken(fact: FactDefinition, last: Held, subjects: Ints) -> Ints:
    kind = fact.kind_of()
    days = {day: day_number(taken_on(kind, EPOCH + dt.timedelta(days=day))) for day in np.unique(last.days).tolist()}
    return _spread(last.subjects, np.array([days[day] for day in last.days.tolist()], np.int64), subjects)
