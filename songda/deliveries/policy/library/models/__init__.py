"""Documents, their articles, the measures a firm can claim, and what is remarked on the text."""

from __future__ import annotations

from songda.deliveries.policy.library.models.documents import Article, ArticleRelation, Document, DocumentRelation, Filing
from songda.deliveries.policy.library.models.marks import Annotation, ReadingDoubt
from songda.deliveries.policy.library.models.measures import Measure, MeasureSource, MeasureVersion, OpenCondition

__all__ = [
    "Annotation",
    "Article",
    "ArticleRelation",
    "Document",
    "DocumentRelation",
    "Filing",
    "Measure",
    "MeasureSource",
    "MeasureVersion",
    "OpenCondition",
    "ReadingDoubt",
]
