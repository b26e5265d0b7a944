"""Mark key points and draw red lines 标重点，划红线 on the text of a document (POL-30)."""

from __future__ import annotations

import datetime as dt
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import annotation_to_edit, document_to_change
from songda.deliveries.policy.library.actions.changes import check, put
from songda.deliveries.policy.library.models import Annotation, Article, Document
from songda.deliveries.policy.library.states import AnnotationKind, Standing
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor

CORRECTED = frozenset({"kind", "note", "article", "start", "end", "quote", "standing"})


class Mark(TypedDict):
    """A stretch of the document's text (characters, half-open) and what is said of it."""

    kind: str
    note: str
    start: int
    end: int


class Amendment(TypedDict):
    """What is to change; a new place makes the words those that stand there."""

    kind: NotRequired[str]
    note: NotRequired[str]
    start: NotRequired[int]
    end: NotRequired[int]


@transaction.atomic
def annotate(document_id: int, *, by: Actor, now: dt.datetime, **mark: Unpack[Mark]) -> Annotation:
    """Mark a piece as a key point 重点, or as a red line 红线, which must say what is forbidden."""
    document = document_to_change(document_id, by)
    annotation = Annotation(
        document=document,
        kind=mark["kind"],
        note=mark["note"].strip(),
        made_by=by.account_id,
        made_at=now,
        **place_of(document, mark["start"], mark["end"]),
    )
    refuse_unsaid(annotation.kind, annotation.note)
    check(annotation, {"kind": annotation.kind, "note": annotation.note})
    annotation.save()
    record("policy.annotate", annotation, by=by, now=now, after={"document": document.pk, **mark})
    return annotation


@transaction.atomic
def edit_annotation(annotation_id: int, *, by: Actor, now: dt.datetime, **amendment: Unpack[Amendment]) -> Annotation:
    """Correct an annotation; giving `start` and `end` binds it to the words there, which also finds a lost one again."""
    annotation = annotation_to_edit(annotation_id, by)
    refuse_withdrawn(annotation)
    changes: dict[str, object] = {name: str(amendment[name]).strip() for name in ("kind", "note") if name in amendment}
    if "start" in amendment or "end" in amendment:
        start, end = amendment.get("start", annotation.start), amendment.get("end", annotation.end)
        changes |= {**place_of(annotation.document, start, end), "standing": Standing.EXACT}
    refuse_unsaid(str(changes.get("kind", annotation.kind)), str(changes.get("note", annotation.note)))
    before, after = put(annotation, changes, CORRECTED, withdrawn_at=None)
    if after:
        record("policy.edit_annotation", annotation, by=by, now=now, before=before, after=after)
    return annotation


@transaction.atomic
def withdraw_annotation(annotation_id: int, *, by: Actor, now: dt.datetime) -> Annotation:
    """Take an annotation back; it stays in the records."""
    annotation = annotation_to_edit(annotation_id, by)
    refuse_withdrawn(annotation)
    put(annotation, {"withdrawn_at": now}, {"withdrawn_at"}, withdrawn_at=None)
    said = {"kind": annotation.kind, "note": annotation.note, "quote": annotation.quote}
    record("policy.withdraw_annotation", annotation, by=by, now=now, before=said, after={"withdrawn_at": str(now)})
    return annotation


def place_of(document: Document, start: int, end: int) -> dict[str, object]:
    """The place with its words and article; Invalid outside the text or on nothing but blanks."""
    quote = document.text[start:end] if 0 <= start < end <= len(document.text) else ""
    if not quote.strip():
        raise Invalid(
            _("选取的文字不在正文之内。"), advice=_("请在正文中重新选取要标注的文字。"), fields={"start": _("请重新选取。")}
        )
    article = Article.objects.filter(document=document, start__lte=start, end__gt=start).first()
    return {"start": start, "end": end, "quote": quote, "article": article}


def refuse_unsaid(kind: str, note: str) -> None:
    """A red line without words would forbid nothing."""
    if kind == AnnotationKind.RED_LINE and not note:
        raise Invalid(_("红线须写明不得做什么。"), advice=_("请填写说明。"), fields={"note": _("说明不能为空。")})


def refuse_withdrawn(annotation: Annotation) -> None:
    """A withdrawn annotation is history."""
    if annotation.withdrawn_at is not None:
        raise Conflict(_("这条标注已经撤销。"), advice=_("如仍需要，请重新标注。"))
