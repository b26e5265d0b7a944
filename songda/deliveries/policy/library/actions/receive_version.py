"""Receive a later version of a document 收新版: what stands unchanged stands on both, what changed is revised, marks are carried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from songda.deliveries.policy.library.access import document_to_change
from songda.deliveries.policy.library.actions import store_reading as store
from songda.deliveries.policy.library.actions.carry_measures import Crossing, carry_measures
from songda.deliveries.policy.library.actions.index import index_document
from songda.deliveries.policy.library.actions.receive_document import Intake, described, one_line_end, read_or_refuse, save_once
from songda.deliveries.policy.library.actions.store_guide import store_guide
from songda.deliveries.policy.library.models import Annotation, Article, Document, Filing
from songda.deliveries.policy.library.queries import as_pieces, live_annotations
from songda.deliveries.policy.library.states import Standing
from songda.engines.reading.align import align
from songda.engines.reading.document import Document as Reading
from songda.engines.reading.document import Quote
from songda.kernel.audit.actions import record
from songda.registry.actors import Actor

COPIED = ("title", "short_name", "number", "issuer", "kind", "ends_with")


@transaction.atomic
def receive_version(
    former_id: int, *, text: str, by: Actor, now: dt.datetime, file_name: str = "", notes: Sequence[str] = ()
) -> Document:
    """Keep a later text of a document and carry over what people have done.

    Title, number and issuer are the former's where the new text gives none; days and counts are never taken over. Equal
    articles: their measures stand on both texts. Changed ones: published and confirmed measures get a revision draft, drafts
    stand on the new words. New articles: new drafts. What is gone is told by `queries.alignment_of`. That the new document
    supersedes the former is a publisher's word (`set_relation`).
    """
    former = document_to_change(former_id, by)
    reading = read_or_refuse(one_line_end(text))
    document = save_once(framed(former, reading, file_name, by, now))
    Filing.objects.bulk_create(Filing(document=document, category=one.category) for one in former.filings.all())
    articles = store.store_articles(document, reading)
    crossing = crossing_of(former, document, reading, articles)
    carry_articles(crossing)
    told = carry_measures(crossing, by, now)
    store.store_doubts(document, reading)
    store.store_notes(document, notes)
    marks = carry_annotations(crossing)
    after = {"former": former.pk, "digest": document.digest, "articles": len(articles), **told, "annotations": marks}
    record("policy.receive_version", document, by=by, now=now, after=after)
    store_guide(document, reading, by=by, now=now)
    index_document(document)
    return document


def framed(former: Document, reading: Reading, file_name: str, by: Actor, now: dt.datetime) -> Document:
    """The unsaved document, with the former's frame where the new text is silent."""
    intake: Intake = {
        "level": former.level,
        "area_path": former.area_path,
        "file_name": file_name,
        "demonstration": former.demonstration,
        "title": "" if reading.title else former.title,
    }
    document = described(reading, intake, by, now)
    document.former = former
    for name in COPIED:
        if not getattr(document, name):
            setattr(document, name, getattr(former, name))
    return document


def crossing_of(former: Document, document: Document, reading: Reading, articles: Sequence[Article]) -> Crossing:
    """Which article of the former text became which."""
    before = list(former.articles.all())
    pairs = align(as_pieces(former.text, before), as_pieces(document.text, articles))
    paired = [
        (before[one.former], articles[one.latter], one.kind) for one in pairs if one.former is not None and one.latter is not None
    ]
    return Crossing(
        former=former,
        document=document,
        articles=articles,
        found=store.found_in(reading, articles),
        became={old.pk: new for old, new, _kind in paired},
        was={old.pk: old for old in before},
        same=frozenset(new.pk for _old, new, kind in paired if kind == "same"),
    )


def carry_articles(crossing: Crossing) -> None:
    """What a person said of an article holds for the same words: its corrections, and why it has no measure."""
    for key, new in crossing.became.items():
        old = crossing.was[key]
        if old.touched and new.pk in crossing.same:
            new.no_measure, new.edited_by, new.edited_at = old.no_measure, old.edited_by, old.edited_at
            if old.edited_at is not None:
                new.title, new.section, new.departments = old.title, old.section, old.departments
            new.save()


def carry_annotations(crossing: Crossing) -> dict[str, int]:
    """A copy of each live annotation on the new text, with how its words fared; how many of each."""
    rows = []
    for mark in live_annotations().filter(document=crossing.former):
        place = crossing.place_of(mark.start, mark.end, mark.article_id) if mark.standing != Standing.LOST else None
        standing = Standing.LOST if place is None else Standing.EXACT if place.exact else Standing.MOVED
        start, end = (place.start, place.end) if place else (0, 0)
        quote = crossing.document.text[start:end] if place else mark.quote
        rows.append(
            Annotation(
                document=crossing.document,
                article=store.article_at(crossing.articles, Quote(start, start, "")) if place else None,
                kind=mark.kind,
                note=mark.note,
                start=start,
                end=end,
                quote=quote,
                standing=standing,
                carried_from=mark,
                made_by=mark.made_by,
                made_at=mark.made_at,
            )
        )
    Annotation.objects.bulk_create(rows)
    return {str(standing): sum(1 for row in rows if row.standing == standing) for standing in Standing}
