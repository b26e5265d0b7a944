"""Correct what stands around a document 更正文件信息, file it, say why an article has no measure; the text never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import article_to_edit, document_to_change
from songda.deliveries.policy.library.actions.changes import Changes, put
from songda.deliveries.policy.library.actions.index import index_document
from songda.deliveries.policy.library.models import Article, Document, Filing, MeasureSource
from songda.deliveries.policy.library.queries import LIVE, uncovered_articles
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor, require_area

FIELDS = frozenset(
    {
        "title", "short_name", "number", "issuer", "kind", "level", "area_path", "ends_with", "issued_on", "valid_from", "valid_until",
        "validity_text", "claims_articles", "claims_measures",
    }
)  # fmt: skip


@transaction.atomic
def edit_document(document_id: int, changes: Changes, *, by: Actor, now: dt.datetime) -> Document:
    """Change the fields around the text: title, number, level, dates, what the package claims of its size."""
    document = document_to_change(document_id, by)
    if "area_path" in changes:
        require_area(by, str(changes["area_path"]))
    before, after = put(document, changes, FIELDS)
    if document.valid_from and document.valid_until and document.valid_until < document.valid_from:
        raise Invalid(_("有效期止早于有效期起。"), fields={"valid_until": _("请核对有效期。")})
    if after:
        record("policy.edit_document", document, by=by, now=now, before=before, after=after)
        index_document(document)
    return document


@transaction.atomic
def mark_no_measure(article_id: int, *, reason: str, by: Actor, now: dt.datetime) -> Article:
    """State why an article offers nothing to claim (POL-02): 组织保障, 工作要求 and the like. An empty reason takes it back."""
    article = article_to_edit(article_id, by)
    if reason.strip() and MeasureSource.objects.filter(article=article, version__state__in=LIVE, role="clause").exists():
        raise Conflict(_("本条已有措施，不能标为“无可兑现措施”。"), advice=_("如措施有误，请先撤回该措施。"))
    before, after = put(article, {"no_measure": reason.strip()}, {"no_measure"})
    if after:
        record("policy.no_measure", article, by=by, now=now, before=before, after=after)
    return article


@transaction.atomic
def mark_rest(document_id: int, *, reason: str, by: Actor, now: dt.datetime) -> int:
    """State one reason for every article of a document that has neither measure nor reason; how many."""
    document = document_to_change(document_id, by)
    if not reason.strip():
        raise Invalid(_("请写明理由。"), fields={"reason": _("理由不能为空。")})
    marked = Article.objects.filter(pk__in=list(uncovered_articles(document).values_list("pk", flat=True)))
    count = marked.update(no_measure=reason.strip()[:200])
    record("policy.no_measure", document, by=by, now=now, after={"reason": reason.strip()[:200], "articles": count})
    return count


@transaction.atomic
def file_document(document_id: int, categories: Collection[str], *, by: Actor, now: dt.datetime) -> Document:
    """File a document under these categories (codes), and no others (POL-01)."""
    document = document_to_change(document_id, by)
    before = sorted(document.filings.values_list("category", flat=True))
    wanted = sorted(set(categories))
    document.filings.exclude(category__in=wanted).delete()
    Filing.objects.bulk_create(Filing(document=document, category=one) for one in wanted if one not in before)
    if wanted != before:
        record("policy.file", document, by=by, now=now, before={"categories": before}, after={"categories": wanted})
        index_document(document)
    return document
