"""What stands above and beside a document 上下位: relations upward, clauses above an article, namesakes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from songda.deliveries.policy.library.models import Article, Document, DocumentRelation
from songda.kernel.search.rules.folding import fold


def clauses_above(articles: Iterable[Article]) -> dict[int, list[Article]]:
    """For each article, the clauses of other documents it implements or adds to: one click up (POL-04)."""
    wanted: dict[int, list[Article]] = {article.pk: [] for article in articles}
    uppers = Article.objects.filter(downward__lower__in=wanted).select_related("document")
    for upper in uppers.prefetch_related("downward").order_by("pk").distinct():
        for relation in upper.downward.all():
            if relation.lower_id in wanted:
                wanted[relation.lower_id].append(upper)
    return wanted


def documents_above(document: Document) -> list[DocumentRelation]:
    """Relations upward along the whole chain, nearest first: district → city → province → centre."""
    chain: list[DocumentRelation] = []
    at, seen = {document.pk}, {document.pk}
    while at:
        found = list(DocumentRelation.objects.filter(lower__in=at).select_related("lower", "upper").order_by("pk"))
        chain += found
        at = {one.upper_id for one in found} - seen
        seen |= at
    return chain


def namesakes(document: Document) -> QuerySet[Document]:
    """Other documents with the same title or number: probably the same policy in another print."""
    same = Q(title=document.title)
    if document.number:
        same |= Q(number=document.number)
    return Document.objects.filter(same).exclude(pk=document.pk).order_by("pk")


def likely_duplicate(title: str, number: str) -> Document | None:
    """A document with the same number or title, brackets, widths and blanks aside: probably the same policy in another print."""
    wanted = {key for key in (_key(number), _key(title)) if key}
    for pk, known_title, known_number in Document.objects.order_by("pk").values_list("pk", "title", "number"):
        if {_key(known_number), _key(known_title)} & wanted:
            return Document.objects.get(pk=pk)
    return None


def _key(words: str) -> str:
    return "".join(fold(words).split())
