"""Whether documents are in force on a day 效力状态 (POL-34), and what has ended with an event. Worked out, never stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from songda.deliveries.policy.library.models import Document, DocumentRelation, EndEvent, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.states import Relation, SourceRole, Validity
from songda.registry.codes import queries as codes

EVENTS = "end-events"


@dataclass(frozen=True, slots=True)
class Ending:
    """An event on which documents end: its name, how many documents and published measures depend on it, what is known of it."""

    code: str
    label: str
    documents: int
    measures: int
    event: EndEvent | None


def with_validity(documents: QuerySet[Document], on: dt.date) -> QuerySet[Any]:
    """The documents with `validity` on a day: superseded before expired before not yet begun.

    A document begins on its first day (or the day it was issued) and ends after its last day, or after the day of the event it
    ends with; it is superseded from the day the document that says so begins.
    """
    begun = {"lower__began__lte": on}
    newer = DocumentRelation.objects.annotate(lower__began=Coalesce("lower__valid_from", "lower__issued_on", Value(dt.date.min)))
    superseded = newer.filter(upper=OuterRef("pk"), kind=Relation.SUPERSEDES, **begun)
    happened = EndEvent.objects.filter(code=OuterRef("ends_with"), on__lt=on, confirmed_at__isnull=False)
    return documents.annotate(
        validity=Case(
            When(Exists(superseded), then=Value(Validity.SUPERSEDED)),
            When(Q(valid_until__lt=on) | Q(Exists(happened)), then=Value(Validity.EXPIRED)),
            When(valid_from__gt=on, then=Value(Validity.NOT_YET)),
            When(Q(valid_from=None, issued_on__gt=on), then=Value(Validity.NOT_YET)),
            When(~Q(ends_with=""), then=Value(Validity.UNTIL_EVENT)),
            default=Value(Validity.IN_FORCE),
            output_field=CharField(),
        )
    )


def validity_of(document: Document, on: dt.date) -> Validity:
    """Of one document."""
    return Validity(with_validity(Document.objects.filter(pk=document.pk), on).values_list("validity", flat=True).get())


def ended_versions(on: dt.date) -> QuerySet[MeasureVersion]:
    """Versions whose every clause stands in a document that has ended with its event before the day: they are over as well."""
    over = EndEvent.objects.filter(on__lt=on, confirmed_at__isnull=False).values("code")
    clauses = MeasureSource.objects.filter(role=SourceRole.CLAUSE)
    ended = clauses.filter(article__document__ends_with__in=over)
    alive = clauses.exclude(article__document__ends_with__in=over)
    return MeasureVersion.objects.filter(Exists(ended.filter(version=OuterRef("pk")))).exclude(
        Exists(alive.filter(version=OuterRef("pk")))
    )


def endings() -> list[Ending]:
    """Every event of the dictionary, and those that documents name, with what depends on it. Four queries an installation."""
    found = codes.code_lists({EVENTS}).get(EVENTS)
    labels = dict(found.names) if found else {}
    known = {event.code: event for event in EndEvent.objects.all()}
    documents = Document.objects.exclude(ends_with="").values_list("ends_with", "pk")
    published = MeasureSource.objects.filter(role=SourceRole.CLAUSE, version__state="published")
    depending = published.exclude(article__document__ends_with="").annotate(code=F("article__document__ends_with"))
    papers, measures = set(documents), set(depending.values_list("code", "version__measure_id"))
    listed = dict.fromkeys([*labels, *sorted({code for code, _ in papers})])
    return [
        Ending(
            code,
            labels.get(code, code),
            sum(1 for one, _ in papers if one == code),
            sum(1 for one, _ in measures if one == code),
            known.get(code),
        )
        for code in listed
    ]
