"""Offering a slot and answering it 预约与答复: the firm may say no to what the law does not prescribe, without a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.access import does, stop_for, visit_to_do
from songda.deliveries.service.visits.actions.places import count_it, give_back
from songda.deliveries.service.visits.models import Approach, Stop, Visit
from songda.deliveries.service.visits.rules.answers import settles
from songda.deliveries.service.visits.states import COMING, VISIT, Reply
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.rules.letters import Line, Told
from songda.registry.actors import Actor

OPEN_TO_ANSWER = (Reply.ASKED, Reply.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the firm says: accepted, declined, or moved with another time. `spoken_by`: who of the firm told an officer so by phone."""

    reply: str
    note: str = ""
    proposed_at: dt.datetime | None = None
    spoken_by: str = ""


@transaction.atomic
def offer_slot(visit_id: int, *, by: Actor, now: dt.datetime, starts_at: dt.datetime | None = None) -> Visit:
    """Ask the firms of a visit, at its time or a new one. A contact that waits for the dispatcher is not offered before."""
    visit = visit_to_do(visit_id, by)
    asked = visit.stops.exclude(subject=None).exclude(reply__in=(Reply.DECLINED, Reply.MERGED))
    if not asked.exists():
        raise Conflict(_("这次走访没有需要预约的企业。"), advice=_("可以直接开始。"))
    coming = Approach.objects.filter(stop__visit=visit, ended_at=None).select_related("subject")
    if any(one.waits for one in coming):
        raise Conflict(_("超出当月次数，尚未获统筹调度员批准。"), advice=_("批准后再预约，或改为联合走访。"))
    moved_to = starts_at or visit.starts_at
    move(VISIT, visit, "offer", starts_at=moved_to)
    for approach in coming:
        if clock.day_of(moved_to) != approach.on:
            approach.on = clock.day_of(moved_to)
            count_it(approach, extra=approach.approved_at is not None)
    asked.update(reply=Reply.ASKED, answered_at=None, answered_name="", answer_note="", proposed_at=None)
    record("visit.offer", visit, by=by, now=now, after={"at": moved_to.isoformat()})
    for stop in asked.select_related("subject"):
        _tell(stop, visit, now)
    return visit


@transaction.atomic
def answer_visit(stop_id: int, answer: Answer, *, by: Actor, now: dt.datetime) -> Stop:
    """The firm's answer for its stop: its own, or told to the officer by phone (`spoken_by`). It may change its mind until we start.

    A refusal needs no reason and frees the place of the month. What the law prescribes can be moved, not refused.
    """
    stop = stop_for(stop_id, by)
    _must_answer(stop, answer, by)
    visit = Visit.objects.get(pk=stop.visit_id)
    _must_be_open(visit, answer)
    name = by.name if by.subject_id is not None else answer.spoken_by.strip()
    written = Stop.objects.filter(pk=stop.pk, reply__in=OPEN_TO_ANSWER, recorded_at=None).update(
        reply=answer.reply,
        answered_at=now,
        answered_name=name[:80],
        answer_note=answer.note.strip()[:200],
        proposed_at=answer.proposed_at,
    )
    if written != 1:
        raise Conflict(_("该预约已经答复过。"), advice=_("请刷新页面查看。"))
    if answer.reply == Reply.DECLINED:
        give_back(Approach.objects.filter(stop=stop), now=now)
    record("visit.answer", stop, by=by, now=now, after={"reply": answer.reply, "note": answer.note.strip()[:200]})
    settle(visit, by=by, now=now)
    stop.refresh_from_db()
    return stop


def settle(visit: Visit, *, by: Actor, now: dt.datetime) -> None:
    """Move the visit where the answers of its firms lead, if they lead anywhere."""
    visit.refresh_from_db()
    name = settles(list(visit.stops.exclude(subject=None).values_list("reply", flat=True)))
    if name is None or visit.state == VISIT.step(name).target or not VISIT.allows(name, visit.state):
        return
    before = visit.state
    move(VISIT, visit, name)
    record(f"visit.{name}", visit, by=by, now=now, before={"state": before}, after={"state": visit.state})


def _must_answer(stop: Stop, answer: Answer, by: Actor) -> None:
    if by.subject_id is None and not (does(stop.visit, by) and answer.spoken_by.strip()):
        raise NotPermitted(_("须由企业自己答复；电话答复的，请写明企业答复人。"))
    if by.subject_id is not None and not by.may("firm.act"):
        raise NotPermitted(_("您当前的岗位不能代表企业答复。"))
    if answer.reply not in (Reply.ACCEPTED, Reply.DECLINED, Reply.MOVED):
        raise Invalid(_("请选择同意、谢绝或另约时间。"), fields={"reply": _("三者选一。")})
    if answer.reply == Reply.MOVED and answer.proposed_at is None:
        raise Invalid(_("请写明您方便的时间。"), fields={"proposed_at": _("选一个日期和时间。")})


def _must_be_open(visit: Visit, answer: Answer) -> None:
    if visit.state not in COMING:
        label = VISIT.states[visit.state]
        raise Conflict(_("走访当前状态为“%(state)s”，不再接受答复。") % {"state": label}, advice=_("如有疑问，请联系走访单位。"))
    if answer.reply == Reply.DECLINED and visit.mandatory:
        raise Conflict(_("这是依法检查（%(basis)s），不能谢绝，可以另约时间。") % {"basis": visit.basis})


def _tell(stop: Stop, visit: Visit, now: dt.datetime) -> None:
    """Word on the firm's page that an answer is asked for, once for each time offered. Bookings show it to a firm without an inbox."""
    at = visit.starts_at.astimezone(clock.place())
    when = at.strftime("%m-%d %H:%M")
    text = _("%(unit)s约您 %(when)s 走访：%(purpose)s。可以同意、谢绝或另约时间。") % {
        "unit": visit.unit, "when": when, "purpose": visit.purpose,
    }  # fmt: skip
    told = Told(stop.subject_id or 0, stop.area_path, (Line(stop.pk, text, ""),))
    offered = f"{at:%y%m%d%H%M}"
    notify_many(f"visit:{visit.pk}@{offered}", [told], title=_("走访预约"), topic=f"visit@{offered}", channels=["inbox"], now=now)
