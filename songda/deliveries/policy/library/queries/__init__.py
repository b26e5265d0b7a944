"""Reads of the library: what is published, what a document covers, what a draft lacks, what stands above an article."""

from __future__ import annotations

from songda.deliveries.policy.library.queries.coverage import (
    LIVE,
    Package,
    counts_by_category,
    counts_by_kind,
    live_versions,
    package,
    packages,
    uncovered_articles,
)
from songda.deliveries.policy.library.queries.desk import Desk, DeskArticle, DeskMeasure, desk_of, piece_of
from songda.deliveries.policy.library.queries.measures import (
    class_labels,
    departments_in,
    lacks,
    measures_asked,
    published_versions,
    versions_of,
)
from songda.deliveries.policy.library.queries.standing import clauses_above, documents_above, namesakes

__all__ = [
    "LIVE",
    "Desk",
    "DeskArticle",
    "DeskMeasure",
    "Package",
    "class_labels",
    "clauses_above",
    "counts_by_category",
    "counts_by_kind",
    "departments_in",
    "desk_of",
    "documents_above",
    "lacks",
    "live_versions",
    "measures_asked",
    "namesakes",
    "package",
    "packages",
    "piece_of",
    "published_versions",
    "uncovered_articles",
    "versions_of",
]
