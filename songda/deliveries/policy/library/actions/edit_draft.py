"""Edit a draft measure 修改草稿: its fields, the clauses it cites, a new draft from a piece of the text."""

from __future__ import annotations

import datetime as dt
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import article_to_edit, version_to_edit
from songda.deliveries.policy.library.actions.changes import Changes, put, touch
from songda.deliveries.policy.library.actions.store_reading import next_number
from songda.deliveries.policy.library.models import Article, Document, Measure, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.states import MeasureKind
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor, require_area

FIELDS = frozenset(
    {
        "title", "kind", "benefit", "area_path", "department_id", "department_text", "budget_line", "time_limit_days",
        "channel", "papers", "opens_on", "closes_on", "measure_class", "money", "delivery",
    }
)  # fmt: skip


class Piece(TypedDict):
    """A stretch of the document's text (characters, half-open) that a person chose."""

    start: int
    end: int


class Choice(Piece):
    """A piece to become a measure; a pack brings the code it is known by, else the next number of the document is taken."""

    code: NotRequired[str]


@transaction.atomic
def edit_draft(version_id: int, changes: Changes, *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """Change fields of a draft. Confirmed and published versions are not edited: return or revise them."""
    version = version_to_edit(version_id, by)
    refuse_unless_draft(version)
    if "area_path" in changes:
        require_area(by, str(changes["area_path"]))
    before, after = put(version, changes, FIELDS, state="draft")
    refuse_wrong_shape(version)
    if after:
        touch(version, by=by, now=now, state="draft")
        record("policy.edit_draft", version, by=by, now=now, before=before, after=after)
    return version


def refuse_unless_draft(version: MeasureVersion) -> None:
    """Only drafts are written to."""
    if version.state != "draft":
        message = _("“%(title)s”不是草稿，不能修改。") % {"title": version.title}
        raise Conflict(message, advice=_("已审核的请先退回修改；已发布的请修订为新版本。"))


def refuse_wrong_shape(version: MeasureVersion) -> None:
    """What a single column cannot judge: the order of dates, papers as a list of names."""
    if version.opens_on and version.closes_on and version.closes_on < version.opens_on:
        raise Invalid(_("受理止早于受理起。"), fields={"closes_on": _("请核对受理日期。")})
    if not isinstance(version.papers, list) or not all(isinstance(one, str) and one.strip() for one in version.papers):
        raise Invalid(_("申报材料应为一行一项。"), fields={"papers": _("请逐行填写材料名称。")})


@transaction.atomic
def cite_clause(version_id: int, article_id: int, *, by: Actor, now: dt.datetime, **piece: Unpack[Piece]) -> MeasureSource:
    """Add a source to a draft: a measure may stand on clauses of several documents (POL-02)."""
    version, article = version_to_edit(version_id, by), article_to_edit(article_id, by)
    refuse_unless_draft(version)
    source = MeasureSource(version=version, article=article, **piece, quote=quote_of(article, **piece))
    source.save()
    touch(version, by=by, now=now, state="draft")
    record("policy.cite", version, by=by, now=now, after={"article": article.pk, **piece})
    return source


@transaction.atomic
def draft_measure(article_id: int, *, title: str, by: Actor, now: dt.datetime, **choice: Unpack[Choice]) -> MeasureVersion:
    """A new draft from a piece of an article that the reader passed over. It begins as a service without a time limit."""
    article = article_to_edit(article_id, by)
    start, end = choice["start"], choice["end"]
    quote, document = quote_of(article, start, end), article.document
    measure = new_measure(choice.get("code") or next_code(article), document)
    version = MeasureVersion.objects.create(
        measure=measure,
        number=1,
        title=title.strip()[:160] or quote[:160],
        kind=MeasureKind.SERVICE,
        benefit=quote[:600],
        area_path=document.area_path,
        department_text="、".join(article.departments)[:200],
        closes_on=document.valid_until,
        drafted_at=now,
        edited_by=by.account_id,
        edited_at=now,
    )
    MeasureSource.objects.create(version=version, article=article, quote=quote, start=start, end=end)
    after = {"code": measure.code, "article": article.pk, "start": start, "end": end}
    record("policy.draft_measure", version, by=by, now=now, after=after)
    return version


def quote_of(article: Article, start: int, end: int) -> str:
    """The verbatim piece; Invalid where it does not lie inside the article."""
    if not article.start <= start < end <= article.end:
        raise Invalid(_("选取的文字不在本条之内。"), advice=_("请在本条的原文中重新选取。"))
    return article.document.text[start:end]


def new_measure(code: str, document: Document) -> Measure:
    """The measure called `code`; Conflict where there is one already."""
    try:
        with transaction.atomic():
            return Measure.objects.create(code=code, demonstration=document.demonstration)
    except IntegrityError as error:
        raise Conflict(_("措施代码 %(code)s 已经使用。") % {"code": code}, advice=_("请刷新后重试。")) from error


def next_code(article: Article) -> str:
    """The next free code of the document: d<document>-m<number>, never used twice."""
    return f"d{article.document_id}-m{next_number(article.document_id)}"
