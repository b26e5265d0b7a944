"""Everybody's facts at once: the rows in force of many subjects as sorted arrays, for snapshots and for imports.

One scan of the table in the order it lies on disk, then two sorts in numpy: for 1.2 million rows about 3 s on SQLite
(benchmarks/bench_import.py), where the same through the ORM takes a minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from songda.engines.rules.days import EPOCH
from songda.kernel.paths import within
from songda.registry.facts.models import Fact
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import merged_by

Ints = npt.NDArray[np.int64]
CHUNK = 50_000
NO_TEXT = -1
# Days and moments come as text, so that no driver makes an object for each of them.
_COLUMNS = ("subject_id", "fact_id", "day", "moment", "number", "text", "void")


@dataclass(frozen=True)
class Held:
    """The last word of each (fact, subject, day), withdrawn ones left out, in that order. Days since 1970-01-01.

    `texts` are places in `vocabulary` (NO_TEXT: none). `newest` is the latest moment anything was recorded at.
    """

    facts: Ints
    subjects: Ints
    days: Ints
    nums: Ints
    texts: Ints
    vocabulary: Mapping[str, int] = field(default_factory=dict)
    newest: dt.datetime | None = None

    def of(self, fact_id: int) -> Held:
        """The rows of one fact, by subject and day."""
        return self.where(slice(*np.searchsorted(self.facts, [fact_id, fact_id + 1]).tolist()))

    def last_of_each(self) -> Held:
        """Of one fact's rows, the last of each subject."""
        return self.where(ends(self.subjects))

    def where(self, kept: slice | npt.NDArray[np.bool_]) -> Held:
        """Some of the rows."""
        return replace(
            self, facts=self.facts[kept], subjects=self.subjects[kept], days=self.days[kept], nums=self.nums[kept],
            texts=self.texts[kept],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose facts, and which: below a path, of some subjects, of some facts (numbers of definitions). None: all."""

    area_path: str = ""
    subjects: Collection[int] | None = None
    facts: Collection[int] | None = None


EVERYWHERE = Reach()


def held(reach: Reach = EVERYWHERE, *, known_at: dt.datetime | None = None, until: dt.date | None = None) -> Held:
    """The rows in force as known at a moment (None: now), valid from no later than `until`."""
    merged = merged_by(known_at)
    try:
        scanned = _scanned(_wanted(reach, known_at, until, merged))
    except EmptyResultSet:  # nobody, or no fact, was asked for
        nothing = np.zeros(0, np.int64)
        return Held(nothing, nothing, nothing, nothing, nothing)
    subjects, fact_ids, days, recorded, nums, texts, void, vocabulary, newest = scanned
    for old, kept in merged.items():
        subjects[subjects == old] = kept
    order = np.lexsort((recorded, days, subjects, fact_ids))
    subjects, fact_ids, days = subjects[order], fact_ids[order], days[order]
    last = ends(fact_ids, subjects, days)
    last &= void[order] == 0
    return Held(fact_ids[last], subjects[last], days[last], nums[order][last], texts[order][last], vocabulary, newest)


def ends(*columns: Ints) -> npt.NDArray[np.bool_]:
    """Where the last row of each run of equal values in sorted columns stands."""
    last = np.ones(len(columns[0]), bool)
    if len(last) > 1:
        last[:-1] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return last


class _Places(dict[object, int]):
    """Value → its place in the order of first sight; a look-up makes the place."""

    def __missing__(self, value: object) -> int:
        place = self[value] = len(self)
        return place


def _wanted(reach: Reach, known_at: dt.datetime | None, until: dt.date | None, merged: Mapping[int, int]) -> QuerySet[Fact]:
    rows = Fact.objects.order_by()
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    if until is not None:
        rows = rows.filter(valid_from__lte=until)
    if reach.area_path:
        inside = Q(subject_id__in=Subject.objects.filter(within([reach.area_path])).values("pk"))
        rows = rows.filter(inside | Q(subject_id__in=list(merged)) if merged else inside)
    if reach.subjects is not None:
        below = [old for old, kept in merged.items() if kept in reach.subjects]
        rows = rows.filter(subject_id__in=[*reach.subjects, *below])
    return rows if reach.facts is None else rows.filter(fact_id__in=list(reach.facts))


def _scanned(rows: QuerySet[Fact]) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints, dict[str, int], dt.datetime | None]:
    """The columns of the rows as arrays: days as numbers, moments as ranks, texts as places."""
    as_text = {"day": Cast("valid_from", CharField()), "moment": Cast("recorded_at", CharField())}
    wanted = rows.annotate(number=Coalesce("num", 0), **as_text).values_list(*_COLUMNS)
    statement, parameters = wanted.query.sql_with_params()
    days, moments, words = _Places(), _Places(), _Places({None: NO_TEXT, "": NO_TEXT})
    looks = (None, None, days.__getitem__, moments.__getitem__, None, words.__getitem__, None)
    parts: list[list[Ints]] = [[np.zeros(0, np.int64)] for _column in _COLUMNS]
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while chunk := cursor.fetchmany(CHUNK):
            for part, column, look in zip(parts, zip(*chunk, strict=True), looks, strict=True):
                part.append(np.fromiter(map(look, column) if look else column, np.int64, len(column)))
    subjects, facts, day, moment, nums, texts, void = (np.concatenate(part) for part in parts)
    numbers = np.array([_day_number(one) for one in days] or [0], np.int64)
    ranks, newest = _ranked(list(moments))
    shift = 2  # None and "" took the first two places
    vocabulary = {str(word): place - shift for word, place in words.items() if place >= shift}
    texts = np.where(texts >= shift, texts - shift, NO_TEXT)
    return subjects, facts, numbers[day], ranks[moment], nums, texts, void, vocabulary, newest


def _ranked(moments: list[object]) -> tuple[Ints, dt.datetime | None]:
    """The rank of each moment in time, and the last of them."""
    parsed = [dt.datetime.fromisoformat(str(one)) for one in moments]
    aware = [one if one.tzinfo else one.replace(tzinfo=dt.UTC) for one in parsed]  # SQLite keeps UTC without saying so
    ranks = np.zeros(max(1, len(aware)), np.int64)
    ranks[np.array(sorted(range(len(aware)), key=aware.__getitem__), np.int64)] = np.arange(len(aware))
    return ranks, max(aware, default=None)


def _day_number(text: object) -> int:
    return (dt.date.fromisoformat(str(text)) - EPOCH).days
