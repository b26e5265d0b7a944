"""Split a draft in two 拆分, join drafts 合并, correct the text a draft stands on 更正出处."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import source_to_edit, version_to_edit
from songda.deliveries.policy.library.actions.changes import put, touch
from songda.deliveries.policy.library.actions.confirm_measure import withdraw_measure
from songda.deliveries.policy.library.actions.edit_draft import new_measure, next_code, quote_of, refuse_unless_draft
from songda.deliveries.policy.library.actions.revise_measure import COPIED
from songda.deliveries.policy.library.actions.write_rule import IN_RULE
from songda.deliveries.policy.library.models import MeasureSource, MeasureVersion, OpenCondition
from songda.engines.reading.document import Quote
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor

PLACE = {"start", "end", "quote"}


@transaction.atomic
def split_measure(version_id: int, *, at: int, by: Actor, now: dt.datetime, document_id: int | None = None) -> MeasureVersion:
    """Make two drafts of one, cut at a character of the document's text; the second, new one is returned.

    Sources and open conditions go to the side they stand on; the rule stays with the first, the second has none.
    `document_id` is needed only where the draft stands on two documents and the place could be in both.
    """
    version = version_to_edit(version_id, by)
    refuse_unless_draft(version)
    source = source_across(version, at, document_id)
    left, right = halves(source, at)
    touch(version, by=by, now=now, state="draft")
    second = beside(version, source, right, by, now)
    before = {"start": source.start, "end": source.end}
    settle_words(version, source.quote, left.text)
    put(source, {"start": left.start, "end": left.end, "quote": left.text}, PLACE)
    MeasureSource.objects.create(version=second, article=source.article, start=right.start, end=right.end, quote=right.text)
    document = source.article.document
    version.sources.filter(article__document=document, start__gte=at, role="clause").update(version=second)
    version.open_conditions.filter(document=document, start__gte=at).update(version=second)
    after = {"at": at, "second": second.pk, "code": second.measure.code}
    record("policy.split", version, by=by, now=now, before=before, after=after)
    return second


@transaction.atomic
def merge_measures(version_id: int, other_ids: Sequence[int], *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """Join drafts of one document into the first: its title and rule, the sources, papers and open conditions of all.

    The others are withdrawn with the reason 并入…; what was settled as written into their rules is open again.
    """
    version = version_to_edit(version_id, by)
    others = [version_to_edit(one, by) for one in dict.fromkeys(other_ids) if one != version_id]
    refuse_strangers(version, others)
    touch(version, by=by, now=now, state="draft")
    told = "\n".join(clause_quotes(version))
    for other in others:
        take_over(version, other)
        reason = _("并入“%(title)s”") % {"title": version.title}
        withdraw_measure(other.pk, reason=reason, by=by, now=now)
    fuse_sources(version)
    settle_words(version, told, "\n".join(clause_quotes(version)))
    papers = list(dict.fromkeys(one for draft in (version, *others) for one in draft.papers))
    before, after = put(version, {"papers": papers}, {"papers"}, state="draft")
    record("policy.merge", version, by=by, now=now, before=before, after={**after, "others": [one.pk for one in others]})
    return version


@transaction.atomic
def recut_source(source_id: int, *, start: int, end: int, by: Actor, now: dt.datetime) -> MeasureSource:
    """Correct which words of its article a draft stands on."""
    source = source_to_edit(source_id, by)
    refuse_unless_draft(source.version)
    quote = quote_of(source.article, start, end)
    settle_words(source.version, source.quote, quote)
    before, after = put(source, {"start": start, "end": end, "quote": quote}, PLACE)
    if after:
        touch(source.version, by=by, now=now, state="draft")
        record("policy.recut", source.version, by=by, now=now, before={"source": source.pk, **before}, after=after)
    return source


def source_across(version: MeasureVersion, at: int, document_id: int | None) -> MeasureSource:
    """The one clause that the place lies in."""
    found = version.sources.filter(start__lt=at, end__gt=at, role="clause").select_related("article__document")
    if document_id is not None:
        found = found.filter(article__document=document_id)
    sources = list(found.order_by("pk"))
    if not sources:
        raise Invalid(
            _("断开处不在这项措施的原文之内。"), advice=_("请在该措施的原文中间选取断开处。"), fields={"at": _("请重新选取。")}
        )
    if len(sources) > 1:
        raise Invalid(_("这项措施立足于两份文件，不知从哪一份断开。"), advice=_("请在文件的审核台上拆分。"))
    return sources[0]


def halves(source: MeasureSource, at: int) -> tuple[Quote, Quote]:
    """The two sides of a cut, without blanks at their edges; Invalid where one of them says nothing."""
    text = source.article.document.text
    left, right = Quote.of(text, source.start, at), Quote.of(text, at, source.end)
    if not left.text or not right.text:
        raise Invalid(_("断开处的一侧没有文字。"), advice=_("请在两项措施之间选取断开处。"), fields={"at": _("请重新选取。")})
    return left, right


def beside(version: MeasureVersion, source: MeasureSource, right: Quote, by: Actor, now: dt.datetime) -> MeasureVersion:
    """A new measure beside this one, which says the second part and has the same frame and no rule."""
    copied = {name: getattr(version, name) for name in COPIED if name != "measure_id"}
    said = {"title": right.text.split("，")[0].split("。")[0][:160], "benefit": right.text[:600]}
    second = MeasureVersion.objects.create(
        **{**copied, **said},
        measure=new_measure(next_code(source.article), source.article.document),
        number=1,
        drafted_at=now,
        edited_by=by.account_id,
        edited_at=now,
    )
    definitions = version.sources.filter(role="definition")
    MeasureSource.objects.bulk_create(copy_of(one, second) for one in definitions)
    return second


def settle_words(version: MeasureVersion, before: str, after: str) -> None:
    """Where the benefit is the text itself, let it follow the text; a benefit in a person's words stays."""
    if version.benefit == before[:600]:
        put(version, {"benefit": after[:600]}, {"benefit"}, state="draft")


def refuse_strangers(version: MeasureVersion, others: Sequence[MeasureVersion]) -> None:
    """Only drafts, and only such as stand on a document of the first."""
    if not others:
        raise Invalid(_("没有选择要并入的措施。"), advice=_("请至少再选一项草稿。"))
    for one in (version, *others):
        refuse_unless_draft(one)
    documents = set(version.sources.values_list("article__document_id", flat=True))
    for other in others:
        if not other.sources.filter(article__document__in=documents).exists():
            message = _("“%(title)s”不出自同一份文件，不能合并。") % {"title": other.title}
            raise Conflict(message, advice=_("如一项措施另有依据，请用“引用条款”。"))


def take_over(version: MeasureVersion, other: MeasureVersion) -> None:
    """Sources and open conditions of another draft, each place once; the other keeps its own, as history."""
    held = set(version.sources.values_list("article_id", "start", "end"))
    sources = [one for one in other.sources.all() if (one.article_id, one.start, one.end) not in held]
    MeasureSource.objects.bulk_create(copy_of(one, version) for one in sources)
    asked = set(version.open_conditions.values_list("document_id", "start", "end"))
    OpenCondition.objects.bulk_create(
        OpenCondition(
            version=version,
            document_id=one.document_id,
            quote=one.quote,
            start=one.start,
            end=one.end,
            proposal=one.proposal,
            settled="" if one.settled == IN_RULE else one.settled,
        )
        for one in other.open_conditions.all()
        if (one.document_id, one.start, one.end) not in asked
    )


def copy_of(source: MeasureSource, version: MeasureVersion) -> MeasureSource:
    """The same piece as a source of another version, not saved."""
    return MeasureSource(
        version=version, article_id=source.article_id, start=source.start, end=source.end, quote=source.quote, role=source.role
    )


def fuse_sources(version: MeasureVersion) -> None:
    """Clauses of one article that follow each other with nothing but blanks between become one."""
    clauses = list(version.sources.filter(role="clause").select_related("article__document").order_by("article_id", "start"))
    for one, after in pairwise(clauses):
        text = one.article.document.text
        if one.article_id == after.article_id and one.end <= after.start and not text[one.end : after.start].strip():
            after.start, after.quote = one.start, text[one.start : after.end]
            after.save(update_fields=["start", "quote"])
            one.delete()


def clause_quotes(version: MeasureVersion) -> list[str]:
    """What a version's clauses say, in the order of the text."""
    return list(version.sources.filter(role="clause").order_by("article_id", "start").values_list("quote", flat=True))
