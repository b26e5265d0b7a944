"""Find things 检索: by words, by initials, by number; narrowed and counted by facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from songda.kernel.search.models import Entry, Facet, IndexRow
from songda.kernel.search.rules.marks import Pieces, marked, snippet
from songda.kernel.search.rules.terms import Asked, asked, words_in

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
    """How many there are, a page of them (titles first, then the newest), and by facet the values with their counts, most first."""

    total: int
    hits: tuple[Hit, ...]
    counts: Counts


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
    see) and with these facets. Three queries.

    Words are set apart by blanks. A word of two or more characters is found wherever it stands in one piece, a single character
    anywhere; Latin letters and digits by their beginning, and as pinyin initials of titles; brackets of any kind and width are one.
    """
    words = words_in(question)
    rows = narrowed(entries_holding(kind, words), within, facets or {})
    total = rows.count()
    page = rows.annotate(rank=_rank(words)).order_by("rank", F("day").desc(nulls_last=True), "-object_id")
    told = page.values_list("object_id", "rank", "title", "body")[offset : offset + limit] if total else ()
    hits = tuple(Hit(key, rank, marked(title, words), snippet(body, words)) for key, rank, title, body in told)
    return Found(total, hits, counts_of(rows) if total else {})


def matching(kind: str, question: str, facets: Mapping[str, str] | None = None) -> QuerySet[Any]:
    """The ids of all things of a kind that hold every word of the question, as a subquery for a list of the caller's own."""
    return narrowed(entries_holding(kind, words_in(question)), None, facets or {}).values("object_id")


def entries_holding(kind: str, words: Sequence[str]) -> QuerySet[Entry]:
    """Entries of a kind that hold all these (folded) words."""
    rows = Entry.objects.filter(kind=kind)
    for word in words:
        rows = rows.filter(_holding(asked(word)))
    return rows


def narrowed(rows: QuerySet[Entry], within: QuerySet[Model] | None, facets: Mapping[str, str]) -> QuerySet[Entry]:
    """Of these, what the reader may see and what has the facets."""
    if within is not None:
        rows = rows.filter(object_id__in=within.order_by().values("pk"))
    for name, value in facets.items():
        rows = rows.filter(Exists(Facet.objects.filter(entry=OuterRef("pk"), name=name, value=value)))
    return rows


def counts_of(rows: QuerySet[Entry]) -> Counts:
    """By facet, how many of these entries have each value; an entry with two values counts under both."""
    counted = Facet.objects.filter(entry__in=rows.order_by().values("pk")).values_list("name", "value")
    found: Counts = defaultdict(dict)
    for name, value, number in counted.annotate(number=Count("entry_id")).order_by("name", "-number", "value"):
        found[name][value] = number
    return dict(found)


def _holding(wanted: Asked) -> Q:
    """The word in head or body, or as initials of the title."""
    in_text = Q(pk__in=IndexRow.objects.filter(terms__holds=wanted).values("rowid"))
    if wanted.in_one_piece:
        in_text &= _stands("head", wanted.word) | _stands("text", wanted.word)
    if not wanted.initials:
        return in_text
    pairs = Asked(wanted.word, wanted.initials, (), in_one_piece=True)
    by_initials = Q(pk__in=IndexRow.objects.filter(terms__holds=pairs).values("rowid")) & _stands("initials", wanted.word)
    return in_text | by_initials


def _stands(column: str, word: str) -> Q:
    return Q(GreaterThan(StrIndex(F(column), Value(word)), 0))


def _rank(words: Sequence[str]) -> Case:
    in_head = reduce(and_, (_stands("head", word) | _stands("initials", word) for word in words), Q())
    named = [When(in_head, then=Value(0))] if words else []
    return Case(*named, default=Value(1), output_field=IntegerField())
