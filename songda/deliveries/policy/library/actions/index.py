"""What is found of documents and measures 检索条目: put into the index in the transaction of the write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.library.queries.searching import DOCUMENTS, MEASURES
from songda.kernel.search import actions as search
from songda.kernel.search.actions import Told

INDEXED = ("published", "superseded")
Progress = Callable[[int], None] | None


class Indexed(Protocol):
    """A document, as it is or as a migration knows it."""

    title: str
    short_name: str
    number: str
    issuer: str
    kind: str
    level: str
    text: str
    issued_on: dt.date | None


def index_document(document: Document) -> None:
    """Enter a document, or what has changed of it."""
    search.put(DOCUMENTS, document.pk, told_of(document, document.filings.values_list("category", flat=True)))


def index_measure(version: MeasureVersion) -> None:
    """Enter a measure once others may read it."""
    search.put(MEASURES, version.pk, told_of_measure(version))


def rebuild_index(progress: Progress = None) -> tuple[int, int]:
    """Both kinds anew; how many documents and measures."""
    documents = Document.objects.prefetch_related("filings").order_by("pk")
    versions = MeasureVersion.objects.filter(state__in=INDEXED).select_related("measure", "department").order_by("pk")
    return (
        search.rebuild(DOCUMENTS, _documents(documents.iterator(chunk_size=200)), progress=progress),
        search.rebuild(
            MEASURES, ((one.pk, told_of_measure(one)) for one in versions.iterator(chunk_size=200)), progress=progress
        ),
    )


def told_of(document: Indexed, categories: Iterable[str]) -> Told:
    """Title, short name, number and text; facets by level, category, kind, issuer and year."""
    title = f"{document.title} {document.short_name}".strip()
    facets = {
        "level": [document.level],
        "category": list(categories),
        "kind": [document.kind],
        "issuer": [document.issuer],
        "year": [str(document.issued_on.year)] if document.issued_on else [],
    }
    return Told(title, document.number, document.text, document.issued_on, facets)


def told_of_measure(version: MeasureVersion) -> Told:
    """Title and code, what it gives, to whom it is taken; facets as in the list."""
    unit = str(version.department) if version.department else version.department_text
    body = "\n".join((version.benefit, unit, version.channel, "、".join(version.papers)))
    facets = {"kind": [version.kind], "class": [version.measure_class]}
    return Told(version.title, version.measure.code, body, version.opens_on, facets)


def _documents(rows: Iterable[Document]) -> Iterator[tuple[int, Told]]:
    for row in rows:
        yield row.pk, told_of(row, [one.category for one in row.filings.all()])
