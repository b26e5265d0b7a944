"""The desks in figures: enquiries by channel, answers in time, duty gaps, calls answered of calls offered, topics of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.service.helping.access import enquiries_visible_to, hotlines_visible_to, knowledge_visible_to
from songda.deliveries.service.helping.models import Call, Duty, Enquiry, Hotline, Knowledge
from songda.deliveries.service.helping.rules.roster import days_between
from songda.deliveries.service.helping.states import Channel
from songda.kernel import clock
from songda.ledger.cases.access import visible_to as cases_visible_to
from songda.ledger.cases.models import CaseClock
from songda.registry.actors import Actor
from songda.registry.calendars.queries import calendar
from songda.registry.people.models import Absence

ANSWER_WITHIN = dt.timedelta(hours=24)  # 有求必应：24 小时内答复（SVC-44，原文未定，可改）


@dataclass(frozen=True, slots=True)
class Channels:
    """Enquiries by channel; `total` is counted on its own, so that it can be compared with their sum."""

    rows: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Response:
    """Requests answered in time out of all whose time is up or that were answered (SVC-44), and those still waiting beyond it."""

    due: int
    in_time: int
    enquiries: tuple[Enquiry, ...]
    cases: tuple[CaseClock, ...]

    @property
    def waiting(self) -> int:
        """How many are unanswered beyond their time."""
        return len(self.enquiries) + len(self.cases)


@dataclass(frozen=True, slots=True)
class Gap:
    """A day without anybody at the desk, what day it is, and why."""

    day: dt.date
    called: str
    away: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A hotline with its calls offered and answered."""

    hotline: Hotline
    offered: int
    answered: int
    to_call_back: int


def enquiries_listed(actor: Actor, *, channel: str = "", waiting: bool = False, text: str = "") -> QuerySet[Enquiry]:
    """Enquiries in sight, the latest first."""
    rows = enquiries_visible_to(actor)
    if channel:
        rows = rows.filter(channel=channel)
    if waiting:
        rows = rows.filter(answered_at=None, case=None)
    if text.strip():
        rows = rows.filter(Q(question__contains=text.strip()) | Q(subject__name__contains=text.strip()))
    return rows.order_by("-asked_at", "-id")


def by_channel(actor: Actor, first: dt.date, last: dt.date) -> Channels:
    """Enquiries of a period by channel."""
    rows = enquiries_visible_to(actor).filter(**_period("asked_at", first, last)).order_by()
    counted = dict(rows.values_list("channel").annotate(n=Count("pk")))
    return Channels(tuple((one.value, counted.get(one.value, 0)) for one in Channel), rows.count())


def response(actor: Actor, *, now: dt.datetime) -> Response:
    """What was asked and answered: enquiries by their own time, cases by their answer clock. An enquiry made a case is the case's."""
    asked = enquiries_visible_to(actor).filter(case=None)
    late = asked.filter(answered_at=None, asked_at__lt=now - ANSWER_WITHIN)
    answered = asked.filter(answered_at__isnull=False)
    clocks = CaseClock.objects.filter(code="answer", case__in=cases_visible_to(actor).values("pk"))
    open_late = clocks.filter(stopped_at=None, due_at__lt=now, case__open=True)
    stopped = clocks.filter(stopped_at__isnull=False)
    in_time = answered.filter(answered_at__lte=F("asked_at") + ANSWER_WITHIN).count() + stopped.filter(late=False).count()
    waiting = tuple(open_late.select_related("case__subject").order_by("due_at", "pk")[:50])
    due = answered.count() + stopped.count() + late.count() + open_late.count()
    return Response(due, in_time, tuple(late.order_by("asked_at", "pk")[:50]), waiting)


def roster_of(unit_id: int, first: dt.date, last: dt.date) -> QuerySet[Duty]:
    """Who is on duty on which day."""
    return Duty.objects.filter(unit_id=unit_id, day__range=(first, last)).select_related("post__person").order_by("day")


def duty_gaps(unit_id: int, first: dt.date, last: dt.date) -> list[Gap]:
    """Days from `first` to `last` on which nobody would answer: nobody is down for them, or who is has leave and no deputy."""
    known = calendar()
    duties = dict(Duty.objects.filter(unit_id=unit_id, day__range=(first, last)).values_list("day", "post_id"))
    leaves = Absence.objects.filter(deputy=None, starts_on__lte=last, ends_on__gte=first, post__in=set(duties.values()))
    away = {(leave.post_id, day) for leave in leaves for day in days_between(leave.starts_on, leave.ends_on)}
    found = []
    for day in days_between(first, last):
        post = duties.get(day)
        if post is None or (post, day) in away:
            found.append(Gap(day, "" if known.works(day) else known.names.get(day) or _("周末"), post is not None))
    return found


def known_answers(actor: Actor, text: str) -> QuerySet[Knowledge]:
    """Settled answers in which every word asked for occurs, in the question, the answer or its keywords."""
    rows = knowledge_visible_to(actor)
    for word in text.split():
        rows = rows.filter(Q(question__contains=word) | Q(answer__contains=word) | Q(keywords__contains=word))
    return rows.order_by("-written_at", "-id")


def lines(actor: Actor, first: dt.date, last: dt.date) -> list[Line]:
    """The hotlines in sight with their calls of a period: offered, answered, and how many wait to be called back."""
    period = Q(**_period("calls__at", first, last))
    counted = hotlines_visible_to(actor).annotate(
        offered=Count("calls", filter=period),
        answered=Count("calls", filter=period & Q(calls__answered=True)),
        waiting=Count("calls", filter=period & Q(calls__callback__open=True)),
    )
    return [Line(one, one.offered, one.answered, one.waiting) for one in counted.order_by("number", "id")]


def topics_on(actor: Actor, day: dt.date) -> list[tuple[str, int]]:
    """What was asked about on a day, the most frequent first."""
    rows = Call.objects.filter(hotline__in=hotlines_visible_to(actor).values("pk"), **_period("at", day, day)).exclude(topic="")
    return [(topic, n) for topic, n in rows.order_by().values_list("topic").annotate(n=Count("pk")).order_by("-n", "topic")[:20]]


def _period(field: str, first: dt.date, last: dt.date) -> dict[str, dt.datetime]:
    end = clock.start_of(last + dt.timedelta(days=1))
    return {f"{field}__gte": clock.start_of(first), f"{field}__lt": end}
