"""Finding documents 检索政策文件: by words, initials and number, narrowed by facets and by whether they are in force."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from songda.deliveries.policy.library.access import documents_visible_to
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.queries.validity import with_validity
from songda.deliveries.policy.library.states import Level, Validity
from songda.kernel.search import queries as search
from songda.registry.actors import Actor
from songda.registry.codes import queries as codes

DOCUMENTS, MEASURES = "policy.document", "policy.measure"
FACETS = ("level", "category", "kind", "issuer", "year")
MOST_ISSUERS = 60
Choice = tuple[str, str, int]  # value, label, how many


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document with its validity and the words that were asked for marked."""

    document: Document
    title: search.Pieces
    around: search.Pieces


@dataclass(frozen=True, slots=True)
class FoundDocuments:
    """How many, a page of them, and by facet the values with labels and counts."""

    total: int
    rows: list[FoundDocument]
    choices: dict[str, list[Choice]]


def find_documents(actor: Actor, asked: Mapping[str, str], *, on: dt.date, limit: int = 30, offset: int = 0) -> FoundDocuments:
    """Documents the actor may read: `asked` holds words (`q`), facets and `validity`. Four queries and the dictionaries."""
    visible = with_validity(documents_visible_to(actor), on)
    if asked.get("validity") in Validity.values:
        visible = visible.filter(validity=asked["validity"])
    facets = {name: asked[name] for name in FACETS if asked.get(name)}
    found = search.find(DOCUMENTS, asked.get("q", ""), within=visible, facets=facets, limit=limit, offset=offset)
    known = with_validity(Document.objects.all(), on).in_bulk([hit.object_id for hit in found.hits])
    rows = [FoundDocument(known[hit.object_id], hit.title, hit.around) for hit in found.hits if hit.object_id in known]
    states = dict(visible.order_by().values_list("pk", "validity"))
    return FoundDocuments(found.total, rows, _choices(found.counts, Counter(states[key] for key in found.ids)))


def kind_labels() -> dict[str, str]:
    """Kinds of documents by code; none where the dictionary is not loaded."""
    return _labels("document-kinds")


def category_labels() -> dict[str, str]:
    """Categories of documents by code, in the dictionary's order."""
    return _labels("document-categories")


def measure_ids(words: str) -> QuerySet[Any]:
    """The ids of published versions that hold these words, as a subquery."""
    return search.matching(MEASURES, words)


def _choices(counts: search.Counts, states: Mapping[str, int]) -> dict[str, list[Choice]]:
    labels: dict[str, Mapping[str, object]] = {
        "level": dict(Level.choices), "category": category_labels(), "kind": kind_labels(), "issuer": {}, "year": {},
    }  # fmt: skip
    choices = {
        name: [(value, str(labels[name].get(value, value)), number) for value, number in counts.get(name, {}).items()]
        for name in FACETS
    }
    choices["issuer"] = choices["issuer"][:MOST_ISSUERS]
    choices["year"].sort(reverse=True)
    choices["validity"] = [(value, str(label), states[value]) for value, label in Validity.choices if states.get(value)]
    return choices


def _labels(dictionary: str) -> dict[str, str]:
    found = codes.code_lists({dictionary}).get(dictionary)
    return dict(found.names) if found else {}
