"""Letters of thanks, praise, complaints 来信: registered with their case, published only with consent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping.access import feedback_for
from songda.deliveries.service.helping.models import Feedback
from songda.deliveries.service.helping.states import FeedbackKind
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.access import case_for
from songda.ledger.evidence.access import evidence_for
from songda.registry.actors import Actor, require
from songda.registry.organisations.access import organisation_for
from songda.registry.subjects.access import subject_for


@dataclass(frozen=True, slots=True)
class NewFeedback:
    """A letter: of what kind, about which unit, from whom, on which case, with its paper; `mention_id`: the letter it only speaks of."""

    kind: str
    unit_id: int
    text: str
    received_on: dt.date
    subject_id: int | None = None
    case_id: int | None = None
    letter_id: int | None = None
    mention_id: int | None = None
    consented: bool = False
    request_key: str = ""


@transaction.atomic
def receive_feedback(new: NewFeedback, *, by: Actor, now: dt.datetime) -> Feedback:
    """Register a letter. The case named must be one in sight, and of that firm. The same request key is the same letter."""
    require(by, "cases.file", "cases.close")
    earlier = Feedback.objects.filter(request_key=new.request_key).first() if new.request_key else None
    if earlier is not None:
        return earlier
    if new.kind not in FeedbackKind.values or not new.text.strip():
        raise Invalid(_("请填写种类和内容。"), fields={"text": _("摘录来信要点。")})
    if new.received_on > day_of(now):
        raise Invalid(_("收到日期在将来。"), fields={"received_on": _("请核对日期。")})
    unit = organisation_for(new.unit_id, by)
    case = case_for(new.case_id, by) if new.case_id else None
    subject_id = new.subject_id or (case.subject_id if case else None)
    if case is not None and case.subject_id != subject_id:
        raise Invalid(_("所选事项不是这家企业的。"), fields={"case": _("请重新选择。")})
    made = Feedback.objects.create(
        kind=new.kind, unit=unit, area_path=unit.area_path, case=case, text=new.text.strip(), received_on=new.received_on,
        subject=case.subject if case else subject_for(subject_id, by) if subject_id else None,
        letter=evidence_for(new.letter_id, by) if new.letter_id else None,
        mention_of=feedback_for(new.mention_id, by) if new.mention_id else None,
        recorded_name=by.name, consented_on=day_of(now) if new.consented else None, request_key=new.request_key or None,
    )  # fmt: skip
    record("feedback.receive", made, by=by, now=now, after={"kind": made.kind, "unit": unit.code, "case": new.case_id})
    return made


@transaction.atomic
def note_consent(feedback_id: int, *, by: Actor, now: dt.datetime) -> Feedback:
    """The writer agrees to publication."""
    require(by, "cases.file", "cases.close")
    letter = feedback_for(feedback_id, by)
    Feedback.objects.filter(pk=letter.pk, consented_on=None).update(consented_on=day_of(now))
    record("feedback.consent", letter, by=by, now=now, after={"consented": True})
    letter.refresh_from_db()
    return letter


@transaction.atomic
def publish_feedback(feedback_id: int, *, by: Actor, now: dt.datetime) -> Feedback:
    """Let a letter be used in news. Conflict without consent."""
    require(by, "cases.close")
    letter = feedback_for(feedback_id, by)
    if letter.consented_on is None:
        raise Conflict(_("来信人还没有同意公开。"), advice=_("取得同意并登记后再公开。"))
    if Feedback.objects.filter(pk=letter.pk, published_at=None).update(published_at=now) != 1:
        raise Conflict(_("这封来信已经公开。"))
    record("feedback.publish", letter, by=by, now=now, after={"published": True})
    letter.refresh_from_db()
    return letter
