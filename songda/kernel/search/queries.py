"""Find things 检索: by words, by initials, by number; narrowed and counted by facets."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from songda.kernel.search.models import Entry, IndexRow
from songda.kernel.search.rules.marks import Pieces, marked, snippet
from songda.kernel.search.rules.terms import Asked, asked, words_in

__all__ = ["Counts", "Found", "Hit", "Pieces", "counts_of", "find", "matching"]

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found. `rank` 0: every word stands in its title or number; 1: in its body. `title` and `around` with the words marked."""

    object_id: int
    rank: int
    title: Pieces
    around: Pieces


@dataclass(frozen=True, slots=True)
class Found:
    """All things found (ids; titles first, then the newest), a page of them, and by facet the values with their counts, most first."""

    ids: tuple[int, ...]
    hits: tuple[Hit, ...]
    counts: Counts

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.ids)


def find(
    kind: str,
    question: str,
    *,
    within: QuerySet[Any] | None = None,
    facets: Mapping[str, str] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Things of a kind that hold every word of the question (none: all of them), of those `within` (a queryset of what the reader may
    see) and with these facets. Two queries: the narrow rows of all that is found, then the texts of the page.

    Words are set apart by blanks. A word of two or more characters is found wherever it stands in one piece, a single character
    anywhere; Latin letters and digits by their beginning, and as pinyin initials of titles; brackets of any kind and width are one.
    """
    words = words_in(question)
    rows = entries_holding(kind, words)
    if within is not None:
        rows = rows.filter(object_id__in=within.order_by().values("pk"))
    ordered = rows.annotate(rank=_rank(words)).order_by("rank", F("day").desc(nulls_last=True), "-object_id")
    wanted = tuple((facets or {}).items())
    told = [row for row in ordered.values_list("object_id", "rank", "facets") if has_facets(row[2], wanted)]
    return Found(
        tuple(row[0] for row in told),
        _hits(kind, {row[0]: row[1] for row in told[offset : offset + limit]}, words),
        counts_of(row[2] for row in told),
    )


def matching(kind: str, question: str) -> QuerySet[Any]:
    """The ids of all things of a kind that hold every word of the question, as a subquery for a list of the caller's own."""
    return entries_holding(kind, words_in(question)).values("object_id")


def entries_holding(kind: str, words: Sequence[str]) -> QuerySet[Entry]:
    """Entries of a kind that hold all these (folded) words."""
    return reduce(lambda rows, word: rows.filter(_holding(asked(word))), words, Entry.objects.filter(kind=kind))


def has_facets(text: str, wanted: tuple[tuple[str, str], ...]) -> bool:
    """Whether an entry with these facets (as kept) has all that are wanted."""
    if not wanted:
        return True
    facets = _facets(text)
    return all(value in facets.get(name, ()) for name, value in wanted)


def counts_of(kept: Iterable[str]) -> Counts:
    """By facet, how many of these entries have each value; an entry with two values counts under both."""
    counted = Counter[tuple[str, str]]()
    for text, times in Counter(kept).items():
        for name, values in _facets(text).items():
            for value in values:
                counted[name, value] += times
    found: Counts = {}
    for (name, value), number in sorted(counted.items(), key=lambda one: (one[0][0], -one[1], one[0][1])):
        found.setdefault(name, {})[value] = number
    return found


@lru_cache(maxsize=16384)
def _facets(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(text)
    return found


def _hits(kind: str, page: Mapping[int, int], words: Sequence[str]) -> tuple[Hit, ...]:
    rows = Entry.objects.filter(kind=kind, object_id__in=page) if page else Entry.objects.none()
    known = {key: (title, text) for key, title, text in rows.values_list("object_id", "title", "body__text")}
    return tuple(Hit(key, rank, marked(known[key][0], words), snippet(known[key][1], words)) for key, rank in page.items())


def _holding(wanted: Asked) -> Q:
    """The word in head or body, or as initials of the title."""
    in_text = Q(pk__in=IndexRow.objects.filter(terms__holds=wanted).values("rowid"))
    if wanted.in_one_piece:
        in_text &= _stands("head", wanted.word) | _stands("body__folded", wanted.word)
    if not wanted.initials:
        return in_text
    pairs = Asked(wanted.word, wanted.initials, (), in_one_piece=True)
    by_initials = Q(pk__in=IndexRow.objects.filter(terms__holds=pairs).values("rowid")) & _stands("initials", wanted.word)
    return in_text | by_initials


def _stands(column: str, word: str) -> Q:
    return Q(GreaterThan(StrIndex(F(column), Value(word)), 0))


def _rank(words: Sequence[str]) -> Case:
    in_head = reduce(and_, (_in_title(asked(word)) for word in words), Q())
    named = [When(in_head, then=Value(0))] if words else []
    return Case(*named, default=Value(1), output_field=IntegerField())


def _in_title(wanted: Asked) -> Q:
    in_head = _stands("head", wanted.word)
    return in_head | _stands("initials", wanted.word) if wanted.initials else in_head
