"""Read a stored text again 重读 with today's reader: what people touched stays, what nobody touched is read anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import document_to_change
from songda.deliveries.policy.library.actions import renew_articles as renewal
from songda.deliveries.policy.library.actions import store_reading as store
from songda.deliveries.policy.library.actions.receive_document import read_or_refuse
from songda.deliveries.policy.library.models import Article, Document, MeasureSource, MeasureVersion, OpenCondition
from songda.deliveries.policy.library.rules.rereading import Fresh, Held, plan
from songda.deliveries.policy.library.states import MEASURE, SourceRole
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.registry.actors import Actor

UNTOUCHED = {"state": "draft", "edited_at": None}


@dataclass(frozen=True, slots=True)
class Reread:
    """Measures after reading again: `kept` as they were (a person's, or read the same), `redrafted` in place, new, withdrawn."""

    kept: int
    redrafted: int
    added: int
    dropped: int


@transaction.atomic
def reread_document(document_id: int, *, by: Actor, now: dt.datetime) -> Reread:
    """Read the stored text with today's reader. What a person touched, confirmed, published or withdrew is never changed.

    Untouched drafts keep their ids: rewritten where the reading differs, withdrawn where it no longer finds them. Conflict
    where there is a later version of the document: that one is read.
    """
    document = document_to_change(document_id, by)
    later = document.later.first()
    if later is not None:
        message = _("这份文件已有新版：《%(title)s》（编号 %(id)d）。") % {"title": later.title, "id": later.pk}
        raise Conflict(message, advice=_("请在新版上重读。"), code="has_later")
    reading = read_or_refuse(document.text)
    left = renewal.renew_articles(document, reading)
    articles = [one for one in document.articles.order_by("start", "ordinal") if one.pk not in left]
    open_to_drafts = {one.pk for one in articles if not one.no_measure}
    found = [one for one in store.found_in(reading, articles) if one.article.pk in open_to_drafts]
    result = renew_drafts(document, found, articles, by, now)
    renewal.drop_articles(document, left)
    store.store_doubts(document, reading)
    record("policy.reread", document, by=by, now=now, after=asdict(result))
    return result


def renew_drafts(
    document: Document, found: Sequence[store.Found], articles: Sequence[Article], by: Actor, now: dt.datetime
) -> Reread:
    """Drafts as read now, beside those that people touched."""
    cited = MeasureSource.objects.filter(article__document=document, role=SourceRole.CLAUSE).values("version_id")
    rows = MeasureVersion.objects.filter(pk__in=cited).select_related("department")
    versions = {row.pk: row for row in rows.prefetch_related("sources__article", "open_conditions")}
    renewals = plan(
        [one for version in versions.values() for one in held_as(version, document)],
        [Fresh(one.read.quote.start, one.read.quote.end) for one in found],
    )
    units = store.units_named(found)
    redrafted = sum(
        redraft(versions[key], found[at], store.measure_columns(document, found[at], units), articles)
        for at, key in renewals.renewed.items()
    )
    dropped = sum(drop(versions[key], by, now) for key in renewals.dropped)
    added = store.store_drafts(document, [found[at] for at in renewals.added], articles, now)
    kept = len(set(renewals.fixed)) + len(renewals.renewed) - redrafted + len(renewals.dropped) - dropped
    return Reread(kept, redrafted, len(added), dropped)


def held_as(version: MeasureVersion, document: Document) -> list[Held]:
    """A version as the plan sees it: every place of one that people touched, the whole stretch of one that nobody did."""
    clauses = [one for one in version.sources.all() if one.article.document_id == document.pk and one.role == SourceRole.CLAUSE]
    if version.touched:
        return [Held(version.pk, one.start, one.end, fixed=True) for one in clauses]
    if version.state == "withdrawn":  # withdrawn by reading again: it may be found again, as a new draft
        return []
    return [Held(version.pk, min(one.start for one in clauses), max(one.end for one in clauses))]


def redraft(version: MeasureVersion, found: store.Found, columns: dict[str, object], articles: Sequence[Article]) -> bool:
    """Make an untouched draft say what is read now; whether anything differed. One that somebody touched just now stays."""
    document = found.article.document
    sources = list(store.sources_of(version, found, articles))
    conditions = list(store.conditions_of(version, document, found))
    if says_the_same(version, columns) and stands_the_same(version, sources, conditions, document):
        return False
    if MeasureVersion.objects.filter(pk=version.pk, **UNTOUCHED).update(**columns) != 1:
        return False
    version.sources.filter(article__document=document).delete()
    MeasureSource.objects.bulk_create(sources)
    version.open_conditions.filter(document=document).delete()
    OpenCondition.objects.bulk_create(conditions)
    return True


def says_the_same(version: MeasureVersion, columns: dict[str, object]) -> bool:
    """Whether the columns read are those stored."""
    return all(getattr(version, name) == value for name, value in columns.items())


def stands_the_same(
    version: MeasureVersion, sources: Sequence[MeasureSource], conditions: Sequence[OpenCondition], document: Document
) -> bool:
    """Whether the sources and conditions read are those stored of this document."""
    held = [one for one in version.sources.all() if one.article.document_id == document.pk]
    asked = [one for one in version.open_conditions.all() if one.document_id == document.pk]
    return sorted(map(source_key, held)) == sorted(map(source_key, sources)) and sorted(map(condition_key, asked)) == sorted(
        map(condition_key, conditions)
    )


def source_key(one: MeasureSource) -> tuple[int, int, int, str]:
    """What makes two sources the same."""
    return one.article_id, one.start, one.end, str(one.role)


def condition_key(one: OpenCondition) -> tuple[int, int, str]:
    """What makes two condition phrases the same."""
    return one.start, one.end, one.proposal


def drop(version: MeasureVersion, by: Actor, now: dt.datetime) -> bool:
    """Withdraw an untouched draft that the reading no longer finds; whether it was still untouched."""
    if MeasureVersion.objects.filter(pk=version.pk, **UNTOUCHED).update(drafted_at=now) != 1:
        return False
    move(MEASURE, version, "withdraw")
    after = {"state": "withdrawn", "reason": _("重读后不再读出这项措施")}
    record("policy.withdraw", version, by=by, now=now, before={"state": "draft"}, after=after)
    return True
