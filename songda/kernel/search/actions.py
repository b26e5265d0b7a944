"""Put things into the index, take them out 入库、移出. Called in the transaction of the write that changed the thing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from songda.kernel.search.models import Body, Entry, IndexRow
from songda.kernel.search.rules.folding import fold
from songda.kernel.search.rules.terms import initial_terms, initials_of, terms_of

CHUNK = 200
Facets = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be found of a thing: title, number, body, the day it is sorted by, and facets (name → values; empty ones left out)."""

    title: str
    number: str = ""
    body: str = ""
    day: dt.date | None = None
    facets: Facets = field(default_factory=dict)


@transaction.atomic
def put(kind: str, object_id: int, told: Told) -> None:
    """Enter a thing, or what has changed of it."""
    drop(kind, object_id)
    _write(kind, [(object_id, told)])


@transaction.atomic
def drop(kind: str, *object_ids: int) -> None:
    """Take things out; those not in it are no mistake."""
    rows = Entry.objects.filter(kind=kind, object_id__in=object_ids)
    IndexRow.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    rows.delete()


@transaction.atomic
def rebuild(kind: str, things: Iterable[tuple[int, Told]], *, progress: Callable[[int], None] | None = None) -> int:
    """All things of a kind anew; returns how many there are. Readers see the old index until it is done."""
    drop(kind, *Entry.objects.filter(kind=kind).values_list("object_id", flat=True))
    feed, done = iter(things), 0
    while chunk := list(islice(feed, CHUNK)):
        _write(kind, chunk)
        done += len(chunk)
        if progress:
            progress(done)
    return done


@transaction.atomic
def refill() -> int:
    """The terms of all entries anew, made of what the entries hold: after a restore, which brings entries only; how many."""
    IndexRow.objects.all().delete()
    bodies = Body.objects.select_related("entry").order_by("pk").iterator(chunk_size=CHUNK)
    done = 0
    while chunk := list(islice(bodies, CHUNK)):
        IndexRow.objects.bulk_create(IndexRow(rowid=body.pk, terms=_terms(body.entry, body)) for body in chunk)
        done += len(chunk)
    return done


def _write(kind: str, things: list[tuple[int, Told]]) -> None:
    entries = Entry.objects.bulk_create(_entry(kind, object_id, told) for object_id, told in things)
    kept = list(zip(entries, (told for _, told in things), strict=True))
    bodies = Body.objects.bulk_create(Body(entry=entry, folded=fold(told.body), text=told.body) for entry, told in kept)
    IndexRow.objects.bulk_create(
        IndexRow(rowid=entry.pk, terms=_terms(entry, body)) for entry, body in zip(entries, bodies, strict=True)
    )


def _entry(kind: str, object_id: int, told: Told) -> Entry:
    return Entry(
        kind=kind,
        object_id=object_id,
        title=told.title[:400],
        day=told.day,
        facets=json.dumps({name: kept for name, values in told.facets.items() if (kept := _kept(values))}, ensure_ascii=False),
        head=fold(f"{told.title}\n{told.number}")[:600],
        initials=initials_of(told.title)[:400],
    )


def _kept(values: Iterable[str]) -> list[str]:
    return sorted({one for one in values if one})


def _terms(entry: Entry, body: Body) -> str:
    return " ".join(sorted(terms_of(entry.head) | terms_of(body.folded) | initial_terms(entry.initials)))
