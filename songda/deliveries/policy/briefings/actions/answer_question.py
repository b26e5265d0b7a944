"""Questions 提问: asked at a briefing, answered, or made a case by one press."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import briefing_for, question_to_answer
from songda.deliveries.policy.briefings.models import Question
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.actions import open_case
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor, require
from songda.registry.subjects.access import subject_for


@transaction.atomic
def ask(
    briefing_id: int, text: str, *, by: Actor, now: dt.datetime, subject_id: int | None = None, asked_name: str = ""
) -> Question:
    """Ask at a briefing: a firm for itself, the desk for a firm or for somebody unknown. Not once it is closed."""
    require(by, "firm.act", "policy.draft")
    briefing = briefing_for(briefing_id, by)
    if briefing.state not in ("open", "held"):
        raise Conflict(_("这场宣讲不再接受提问。"), advice=_("请在“我的诉求”中提出。"))
    key = by.subject_id if by.subject_id is not None else subject_id
    subject = subject_for(key, by) if key is not None else None
    question = Question(briefing=briefing, subject=subject, area_path=subject.area_path if subject else briefing.area_path)
    return put(question, text, asked_name or by.name, by=by, now=now)


def put(question: Question, text: str, asked_name: str, *, by: Actor, now: dt.datetime) -> Question:
    """Write a question down."""
    if not text.strip():
        raise Invalid(_("请写明问题。"), fields={"text": _("想问什么。")})
    question.text, question.asked_at, question.asked_name = text.strip(), now, asked_name[:80]
    question.save()
    record("question.ask", question, by=by, now=now, after={"subject": question.subject_id})
    return question


@transaction.atomic
def answer_question(question_id: int, answer: str, *, by: Actor, now: dt.datetime) -> Question:
    """Answer it, once. Conflict where a colleague was faster."""
    question = question_to_answer(question_id, by)
    if not answer.strip():
        raise Invalid(_("请写明答复。"), fields={"answer": _("企业会看到。")})
    waiting = Question.objects.filter(pk=question.pk, answered_at=None)
    if waiting.update(answer=answer.strip(), answered_at=now, answered_name=by.name) != 1:
        raise Conflict(_("这个问题已经答复。"), advice=_("请刷新页面查看。"))
    record("question.answer", question, by=by, now=now)
    question.refresh_from_db()
    return question


@transaction.atomic
def make_case(question_id: int, *, by: Actor, now: dt.datetime) -> Case:
    """Make it a case of the ledger; pressed again: the case it made."""
    return opened_for(question_to_answer(question_id, by), by=by, now=now)


def opened_for(question: Question, *, by: Actor, now: dt.datetime) -> Case:
    """The case of a question: a demand of the firm, or a task of the office where nobody knows the firm."""
    if question.case is not None:
        return question.case
    known = question.subject_id is not None
    given: dict[str, object] = {
        "text": question.text, "origin": "officer", "channel": "meeting" if question.briefing_id else "visit", "difficulty": "consult",
        "request_key": f"question:{question.pk}", "area_path": question.area_path,
    }  # fmt: skip
    if not known and question.briefing is not None:
        given["lead_id"] = question.briefing.speaker_id
    title = _("政策提问：%(text)s") % {"text": question.text[:60]}
    case = open_case("demand" if known else "task", subject_id=question.subject_id, title=title, by=by, now=now, given=given)
    Question.objects.filter(pk=question.pk).update(case=case)
    question.case = case
    record("question.case", question, by=by, now=now, after={"case": case.number})
    return case
