"""Enquiries 咨询: taken down, answered, made a case where an answer is not enough; answers worth keeping."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands.actions import NewDemand, file_demand
from songda.deliveries.service.helping.access import area_of, enquiry_for, knowledge_visible_to
from songda.deliveries.service.helping.models import Enquiry, Knowledge
from songda.deliveries.service.helping.states import Channel
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor, require
from songda.registry.subjects.access import subject_for

AS_DEMAND = {Channel.PHONE: "phone", Channel.MAIL: "mail", Channel.WECHAT: "chat", Channel.COUNTER: "window"}


@dataclass(frozen=True, slots=True)
class NewEnquiry:
    """What was asked, by which channel, by whom and for which firm where that is known."""

    channel: str
    question: str
    subject_id: int | None = None
    asked_by: str = ""
    contact: str = ""
    answer: str = ""
    request_key: str = ""


@transaction.atomic
def record_enquiry(new: NewEnquiry, *, by: Actor, now: dt.datetime) -> Enquiry:
    """Take an enquiry down; answered at once where the answer is given with it. The same request key is the same enquiry."""
    require(by, "cases.file")
    earlier = Enquiry.objects.filter(request_key=new.request_key).first() if new.request_key else None
    if earlier is not None:
        return earlier
    if new.channel not in Channel.values or not new.question.strip():
        raise Invalid(_("请填写渠道和问题。"), fields={"question": _("写明问的是什么。")})
    answer = new.answer.strip()
    made = Enquiry.objects.create(
        unit_id=by.organisation_id or 0, area_path=area_of(by), channel=new.channel, question=new.question.strip(),
        subject=subject_for(new.subject_id, by) if new.subject_id else None, asked_by=new.asked_by[:80], contact=new.contact[:120],
        asked_at=now, recorded_name=by.name, answer=answer, answered_at=now if answer else None, answered_name=by.name if answer else "",
        request_key=new.request_key or None,
    )  # fmt: skip
    record("enquiry.record", made, by=by, now=now, after={"channel": made.channel, "answered": bool(answer)})
    return made


@transaction.atomic
def answer_enquiry(enquiry_id: int, answer: str, *, by: Actor, now: dt.datetime) -> Enquiry:
    """Give the first answer. Conflict where a colleague was faster."""
    require(by, "cases.file")
    enquiry = enquiry_for(enquiry_id, by)
    if not answer.strip():
        raise Invalid(_("请写明答复内容。"), fields={"answer": _("写明怎样答复的。")})
    waiting = Enquiry.objects.filter(pk=enquiry.pk, answered_at=None)
    if waiting.update(answer=answer.strip(), answered_at=now, answered_name=by.name) != 1:
        raise Conflict(_("这条咨询已经答复。"), advice=_("请刷新页面查看。"))
    record("enquiry.answer", enquiry, by=by, now=now, after={"answered": True})
    enquiry.refresh_from_db()
    return enquiry


@transaction.atomic
def convert_enquiry(enquiry_id: int, title: str, *, by: Actor, now: dt.datetime, category: str = "") -> Case:
    """Make a demand of an enquiry that an answer does not settle; again: the demand it made."""
    enquiry = enquiry_for(enquiry_id, by)
    if enquiry.subject_id is None:
        raise Invalid(_("请先登记是哪家企业的咨询，才能转为诉求。"), fields={"subject": _("补登企业后再转办。")})
    new = NewDemand(
        title=title, text=enquiry.question, category=category, origin="firm", channel=AS_DEMAND[Channel(enquiry.channel)],
        contact=(enquiry.asked_by, enquiry.contact),
    )  # fmt: skip
    case = file_demand(enquiry.subject_id, new, by=by, now=now, request_key=f"enquiry:{enquiry.pk}")
    Enquiry.objects.filter(pk=enquiry.pk).update(case=case)
    record("enquiry.convert", enquiry, by=by, now=now, after={"case": case.number})
    return case


@transaction.atomic
def write_knowledge(
    question: str, answer: str, *, by: Actor, now: dt.datetime, keywords: str = "", enquiry_id: int | None = None
) -> Knowledge:
    """Keep an answer for everybody."""
    require(by, "cases.file")
    if not question.strip() or not answer.strip():
        raise Invalid(_("请填写问题和答复口径。"), fields={"answer": _("写明怎样答复。")})
    enquiry = enquiry_for(enquiry_id, by) if enquiry_id else None
    made = Knowledge.objects.create(
        area_path=area_of(by), question=question.strip()[:200], answer=answer.strip(), keywords=keywords.strip()[:120], enquiry=enquiry,
        written_at=now, written_name=by.name,
    )  # fmt: skip
    record("knowledge.write", made, by=by, now=now, after={"question": made.question})
    return made


@transaction.atomic
def withdraw_knowledge(knowledge_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Withdraw an answer that no longer holds."""
    require(by, "cases.file")
    found = knowledge_visible_to(by).filter(pk=knowledge_id).first()
    if found is None or not by.works_in(found.area_path):
        raise NotFound(_("没有这条知识，或不由您的辖区维护。"))
    Knowledge.objects.filter(pk=found.pk, withdrawn_at=None).update(withdrawn_at=now)
    record("knowledge.withdraw", found, by=by, now=now)
