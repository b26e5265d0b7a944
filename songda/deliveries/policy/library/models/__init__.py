"""Documents, their articles, the measures a firm can claim, the rules they are carried out by, and remarks on the text."""

from __future__ import annotations

from songda.deliveries.policy.library.models.contacts import ContactCard
from songda.deliveries.policy.library.models.documents import (
    Article,
    ArticleRelation,
    Document,
    DocumentRelation,
    EndEvent,
    Filing,
)
from songda.deliveries.policy.library.models.implementing import (
    Coverage,
    GapAssignment,
    ImplementingRule,
    ImplementingRuleVersion,
    ImplementingSource,
)
from songda.deliveries.policy.library.models.marks import Annotation, ReadingDoubt
from songda.deliveries.policy.library.models.measures import Measure, MeasureSource, MeasureVersion, OpenCondition

__all__ = [
    "Annotation",
    "Article",
    "ArticleRelation",
    "ContactCard",
    "Coverage",
    "Document",
    "DocumentRelation",
    "EndEvent",
    "Filing",
    "GapAssignment",
    "ImplementingRule",
    "ImplementingRuleVersion",
    "ImplementingSource",
    "Measure",
    "MeasureSource",
    "MeasureVersion",
    "OpenCondition",
    "ReadingDoubt",
]
