"""Reads of the library: what is published, what a document covers, what a draft lacks, what stands above an article."""

from __future__ import annotations

from songda.deliveries.policy.library.queries.alignment import AlignedPair, alignment_of, as_pieces
from songda.deliveries.policy.library.queries.annotations import (
    annotations_of,
    live_annotations,
    marks_for_measure,
    marks_for_measures,
    red_lines,
)
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
from songda.deliveries.policy.library.queries.desk_sheet import ArticleSheet, DeskSheet, MeasureSheet, lit_text, sheet_of
from songda.deliveries.policy.library.queries.difference import FieldChange, VersionDifference, difference_of
from songda.deliveries.policy.library.queries.doubts import DeskDoubt, doubts_of
from songda.deliveries.policy.library.queries.implementing import (
    Gap,
    Opening,
    covered_by,
    covered_measures,
    gaps,
    gaps_of_department,
    may_apply,
    measures_in_need,
    newest,
    open_assignment,
    rule_lacks,
    rule_versions_of,
    rules_in_force,
    sources_by_part,
)
from songda.deliveries.policy.library.queries.measures import (
    class_labels,
    departments_in,
    lacks,
    measures_asked,
    published_versions,
    versions_of,
)
from songda.deliveries.policy.library.queries.places import Break, breaks_of, chosen_in, chosen_of, document_of
from songda.deliveries.policy.library.queries.revisions import revisions_in
from songda.deliveries.policy.library.queries.standing import clauses_above, documents_above, namesakes

__all__ = [
    "LIVE",
    "AlignedPair",
    "ArticleSheet",
    "Break",
    "Desk",
    "DeskArticle",
    "DeskDoubt",
    "DeskMeasure",
    "DeskSheet",
    "FieldChange",
    "Gap",
    "MeasureSheet",
    "Opening",
    "Package",
    "VersionDifference",
    "alignment_of",
    "annotations_of",
    "as_pieces",
    "breaks_of",
    "chosen_in",
    "chosen_of",
    "class_labels",
    "clauses_above",
    "counts_by_category",
    "counts_by_kind",
    "covered_by",
    "covered_measures",
    "departments_in",
    "desk_of",
    "difference_of",
    "document_of",
    "documents_above",
    "doubts_of",
    "gaps",
    "gaps_of_department",
    "lacks",
    "lit_text",
    "live_annotations",
    "live_versions",
    "marks_for_measure",
    "marks_for_measures",
    "may_apply",
    "measures_asked",
    "measures_in_need",
    "namesakes",
    "newest",
    "open_assignment",
    "package",
    "packages",
    "piece_of",
    "published_versions",
    "red_lines",
    "revisions_in",
    "rule_lacks",
    "rule_versions_of",
    "rules_in_force",
    "sheet_of",
    "sources_by_part",
    "uncovered_articles",
    "versions_of",
]
