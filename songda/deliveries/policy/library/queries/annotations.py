"""Key points and red lines 标注: of a document, of what a measure stands on, and the red lines of an area (POL-30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from songda.deliveries.policy.library.models import Annotation, Document, DocumentRelation, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.states import AnnotationKind, Relation, Standing
from songda.kernel.paths import above


def annotations_of(document: Document) -> QuerySet[Annotation]:
    """Live annotations on a document in the order of the text; lost ones, which have no place, come first."""
    return live_annotations().filter(document=document).select_related("article", "carried_from").order_by("start", "pk")


def marks_for_measure(version: MeasureVersion) -> list[Annotation]:
    """Live annotations on the words a measure stands on: what a firm sees. Two queries."""
    return marks_for_measures([version])[version.pk]


def marks_for_measures(versions: Sequence[MeasureVersion]) -> dict[int, list[Annotation]]:
    """The same for several measures, in two queries. An annotation carried into a later text is told once, from there."""
    sources = MeasureSource.objects.filter(version__in=[one.pk for one in versions]).values_list(
        "version_id", "article__document_id", "start", "end"
    )
    places: dict[int, list[tuple[int, int, int]]] = {one.pk: [] for one in versions}
    for version, document, start, end in sources:
        places[version].append((document, start, end))
    documents = {document for held in places.values() for document, _start, _end in held}
    marks = live_annotations().filter(document__in=documents).exclude(standing=Standing.LOST).select_related("document")
    by_document: dict[int, list[Annotation]] = {}
    for mark in marks.order_by("-document_id", "start", "pk"):
        by_document.setdefault(mark.document_id, []).append(mark)
    return {key: _told_once(_over(held, by_document)) for key, held in places.items()}


def red_lines(area_path: str, *, on: dt.date) -> QuerySet[Annotation]:
    """Red lines that hold in an area on a day, for a list of what to inspect: of documents for it or for an area above.

    Left out: lost ones, documents no longer valid or superseded, and lines that a later text carries on.
    """
    superseded = DocumentRelation.objects.filter(kind=Relation.SUPERSEDES).values("upper_id")
    carried = live_annotations().exclude(carried_from=None).exclude(standing=Standing.LOST).values("carried_from_id")
    valid = Q(document__valid_until=None) | Q(document__valid_until__gte=on)
    begun = Q(document__valid_from=None) | Q(document__valid_from__lte=on)
    lines = live_annotations().filter(valid, begun, kind=AnnotationKind.RED_LINE, document__area_path__in=above([area_path]))
    lines = lines.exclude(standing=Standing.LOST).exclude(document__in=superseded).exclude(pk__in=carried)
    return lines.select_related("document", "article").order_by("document_id", "start", "pk")


def live_annotations() -> QuerySet[Annotation]:
    """Those not withdrawn."""
    return Annotation.objects.filter(withdrawn_at=None)


def _over(places: Iterable[tuple[int, int, int]], by_document: Mapping[int, list[Annotation]]) -> list[Annotation]:
    found = {
        mark.pk: mark
        for document, start, end in places
        for mark in by_document.get(document, ())
        if mark.start < end and mark.end > start
    }
    return sorted(found.values(), key=lambda mark: (-mark.document_id, mark.start, mark.pk))


def _told_once(marks: Sequence[Annotation]) -> list[Annotation]:
    carried = {mark.carried_from_id for mark in marks}
    return [mark for mark in marks if mark.pk not in carried]
