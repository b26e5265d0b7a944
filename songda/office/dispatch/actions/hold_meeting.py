"""Meetings 攻坚会、周例会、专题会: called with an agenda that makes itself, decisions that are tasks, minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of, start_of
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.access import case_for
from songda.ledger.cases.actions import Said, open_case, step_case
from songda.office.dispatch import queries
from songda.office.dispatch.access import must_keep, open_meeting_for
from songda.office.dispatch.models import AgendaItem, Decision, Meeting
from songda.office.dispatch.states import MeetingKind, Why
from songda.registry.actors import Actor
from songda.registry.organisations.access import organisation_for


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: what, which unit does it, until which day (included), and the case it is about where it is about one."""

    text: str
    owner_id: int
    due_on: dt.date
    case_id: int | None = None


@transaction.atomic
def call_meeting(kind: str, title: str, held_on: dt.date, *, by: Actor, now: dt.datetime, place: str = "") -> Meeting:
    """Call a meeting of the actor's territory; its agenda is there at once, what was left undone last time first."""
    must_keep(by)
    if kind not in MeetingKind.values or not title.strip():
        raise Invalid(_("请填写会议类型和名称。"), fields={"title": _("例如：道路建设攻坚会。")})
    made = Meeting.objects.create(
        kind=kind, title=title.strip()[:120], area_path=by.area_paths[0], held_on=held_on, place=place.strip()[:80], called_at=now,
        called_name=by.name,
    )  # fmt: skip
    record("meeting.call", made, by=by, now=now, after={"kind": kind, "title": made.title, "held_on": held_on})
    _fill(made, now)
    return made


@transaction.atomic
def refresh_agenda(meeting_id: int, *, by: Actor, now: dt.datetime) -> int:
    """Put what has become due since on the agenda; how many lines. Nothing is taken off it."""
    meeting = open_meeting_for(meeting_id, by)
    added = _fill(meeting, now)
    record("meeting.agenda", meeting, by=by, now=now, after={"added": added})
    return added


@transaction.atomic
def add_to_agenda(meeting_id: int, case_id: int, *, by: Actor, now: dt.datetime) -> AgendaItem:
    """Put a case on the agenda by hand."""
    meeting, case = open_meeting_for(meeting_id, by), case_for(case_id, by)
    if meeting.agenda.filter(case=case).exists():
        raise Conflict(_("该事项已在议程上。"))
    item = AgendaItem.objects.create(meeting=meeting, seq=_next(meeting), why=Why.ADDED, case=case)
    record("meeting.add", meeting, by=by, now=now, after={"case": case.number})
    return item


@transaction.atomic
def decide(meeting_id: int, decided: Decided, *, by: Actor, now: dt.datetime) -> Decision:
    """Decide something: a task of the ledger for its owner, due when the meeting said. Needs owner and date: a wish is no decision."""
    meeting = open_meeting_for(meeting_id, by)
    owner = organisation_for(decided.owner_id, by)
    if not decided.text.strip() or decided.due_on < day_of(now):
        raise Invalid(_("请写明决定事项和今天以后的期限。"), fields={"due_on": _("不早于今天。")})
    about = case_for(decided.case_id, by) if decided.case_id else None
    given = {
        "text": _("%(meeting)s（%(day)s）决定：%(text)s") % {"meeting": meeting.title, "day": meeting.held_on, "text": decided.text.strip()},
        "origin": "meeting", "channel": "meeting", "area_path": meeting.area_path, "lead_id": owner.pk,
        "parent_id": about.pk if about else None,
    }  # fmt: skip
    task = open_case(
        "task", subject_id=about.subject_id if about else None, title=decided.text.strip(), by=by, now=now, given=given
    )
    until = start_of(decided.due_on + dt.timedelta(days=1))
    step_case(
        task.pk, "fix", Said(note=_("会议确定的期限。"), used={"clock": "resolve", "due": until.isoformat()}), by=by, now=now
    )
    made = Decision.objects.create(
        meeting=meeting, text=decided.text.strip()[:400], owner=owner, due_on=decided.due_on, task=task
    )
    record("meeting.decide", meeting, by=by, now=now, after={"task": task.number, "owner": owner.code, "due_on": decided.due_on})
    return made


@transaction.atomic
def close_meeting(meeting_id: int, minutes: str, *, by: Actor, now: dt.datetime) -> Meeting:
    """Close a meeting with its minutes; what it decided stays open in the ledger and comes back at the next one."""
    meeting = open_meeting_for(meeting_id, by)
    if not minutes.strip():
        raise Invalid(_("请填写会议纪要。"), fields={"minutes": _("写明议定的事项。")})
    if Meeting.objects.filter(pk=meeting.pk, closed_at=None).update(closed_at=now, minutes=minutes.strip()) != 1:
        raise Conflict(_("会议已结束。"))
    record("meeting.close", meeting, by=by, now=now, after={"decisions": meeting.decisions.count()})
    meeting.refresh_from_db()
    return meeting


def _fill(meeting: Meeting, now: dt.datetime) -> int:
    """Write the lines that are not there yet."""
    cases: set[int | None] = set(meeting.agenda.exclude(case=None).values_list("case_id", flat=True))
    specials: set[int | None] = set(meeting.agenda.exclude(special=None).values_list("special_id", flat=True))
    seq, fresh = _next(meeting), list[AgendaItem]()
    for line in queries.due_lines(meeting, now=now):
        if line.case_id not in cases and line.special_id not in specials:
            cases |= {line.case_id} - {None}
            specials |= {line.special_id} - {None}
            fresh.append(
                AgendaItem(
                    meeting=meeting, seq=seq + len(fresh), why=line.why, case_id=line.case_id, special_id=line.special_id,
                    carried_id=line.carried_id,
                )
            )  # fmt: skip
    AgendaItem.objects.bulk_create(fresh)
    return len(fresh)


def _next(meeting: Meeting) -> int:
    return (meeting.agenda.aggregate(last=Max("seq"))["last"] or 0) + 1
