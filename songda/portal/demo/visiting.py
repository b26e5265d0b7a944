"""A few visits 走访 with what came of them: planned, agreed by the firm, recorded with findings and photographs, some closed.

Every step is the real action with its moment passed in; firms, words and pictures are the demonstration's own.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from songda.deliveries.service.helping.actions import log_guidance, station_officer
from songda.deliveries.service.visits import actions
from songda.deliveries.service.visits.actions import Answer, Found, Plan, Report, Wanted
from songda.deliveries.service.visits.models import Finding, Stop, Visit
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor, house
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
STATIONED = 3  # firms at which each talent officer and party guide is stationed
Who = Callable[[str], Actor]  # the acting post of a demonstration account


@dataclass(frozen=True, slots=True)
class Trip:
    """A visit: by whose account, how many days from today, why, what was found; `photos` taken, `closed` afterwards."""

    account: str
    day: int
    purpose: str
    notes: str = ""
    found: Sequence[Found] = ()
    photos: int = 1
    closed: bool = False


def trips(today: dt.date) -> list[Trip]:
    """The visits of two weeks: recorded before today, agreed for today, asked for tomorrow."""
    friday = today + 2 * DAY
    return [
        Trip("officer", -9, _("了解复工用工"), _("两条线开一条，返岗六成。"), [Found("issue", _("缺操作工三十名，节后返岗不足"), "labour")], 2),
        Trip("officer", -7, _("送政策上门"), _("讲解稳岗返还和社保缓缴，企业已有专人申报。"), closed=True),
        Trip("officer", -5, _("回看用工问题"), _("首批二十人到岗。"), [Found("promise", _("周五前再送一场专场招聘"), due_on=friday)]),
        Trip("officer", -2, _("了解原材料供应"), _("库存可用一周。"), [Found("issue", _("外省钢材进不来，通行证未办"), "transport")]),
        Trip("street", -6, _("防疫与复工检查"), _("测温消毒到位。"), [Found("breach", _("消毒台账缺两天"), guidance=_("现场教填台账样表"))]),
        Trip("street", -3, _("党员先锋岗回访"), _("两班已恢复。"), closed=True),
        Trip("street", -1, _("了解通勤需要"), _("员工住处分散。"), [Found("issue", _("需要两条通勤线路"), "transport")]),
        Trip("officer", 0, _("了解达产进度")),
        Trip("street", 0, _("看望返岗员工")),
        Trip("officer", 1, _("送新政策上门")),
    ]  # fmt: skip


def visited() -> bool:
    """Whether it was done before."""
    return Visit.objects.filter(demonstration=True).exists()


@transaction.atomic
def visit(who: Who, *, demonstration: bool, by: Actor, now: dt.datetime) -> list[Visit]:
    """Make the visits, each to a firm of its own; demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示走访只能在演示环境中进行。"))
    for account, text in (("talent", _("辅导申报技能人才补贴。")), ("guide", _("帮助恢复党员先锋岗两班。"))):
        station(who(account), text, now)
    today, made, seen = clock.day_of(now), [], set[int]()
    for trip in trips(today):
        actor = who(trip.account)
        firm = (
            visible_to(actor).filter(kind=Subject.Kind.ENTERPRISE, demonstration=True).exclude(pk__in=seen).order_by("pk").first()
        )
        if firm is not None:
            seen.add(firm.pk)
            made.append(make(trip, actor, firm, clock.start_of(today + trip.day * DAY) + 10 * HOUR))
    Visit.objects.filter(pk__in=[one.pk for one in made]).update(demonstration=True)
    found = Finding.objects.filter(stop__visit__in=made).exclude(case=None)
    Case.objects.filter(pk__in=found.values("case")).update(demonstration=True)
    for one in made:
        record("demo.visit", one, by=by, now=now, after={"purpose": one.purpose})
    return made


def station(actor: Actor, text: str, now: dt.datetime) -> None:
    """A talent officer or party guide stationed at some firms of its territory, with a word on what was done there."""
    office = replace(house("teams.edit"), name=_("演示调度"))
    near = visible_to(replace(actor, assigned_only=False)).filter(kind=Subject.Kind.ENTERPRISE, demonstration=True)
    for firm in near.order_by("pk")[:STATIONED]:
        made = station_officer(firm.pk, actor.post_id or 0, by=office, now=now - 14 * DAY)
        log_guidance(made.pk, text, by=actor, now=now - 7 * DAY)


def make(trip: Trip, actor: Actor, firm: Subject, at: dt.datetime) -> Visit:
    """One visit as far as its day has come."""
    before = at - DAY
    visit = actions.plan_visit(Plan(trip.purpose, at, (Wanted(firm.pk),)), by=actor, now=before)
    actions.offer_slot(visit.pk, by=actor, now=before)
    stop = Stop.objects.get(visit=visit)
    if trip.day <= 0:
        own = replace(house("firm.read", "firm.act"), name=_("演示企业"), subject_id=firm.pk)
        actions.answer_visit(stop.pk, Answer("accepted"), by=own, now=before + HOUR)
    if trip.day < 0:
        told = Report(at, _("生产负责人"), trip.notes, no_issue=not trip.found, findings=trip.found, photos=trip.photos)
        actions.record_stop(stop.pk, told, by=actor, now=at + HOUR, request_key=f"demo-{visit.pk}")
        for number in range(trip.photos):
            key = f"demo-{visit.pk}-photo-{number}"
            actions.add_photo(stop.pk, picture(visit.pk + number), _("车间.jpg"), by=actor, now=at + HOUR, request_key=key)
    if trip.closed:
        actions.close_visit(visit.pk, by=actor, now=at + 2 * HOUR)
    return visit


def picture(number: int) -> io.BytesIO:
    """An invented photograph: a workshop drawn with a few boxes, another for each number."""
    image = Image.new("RGB", (640, 420), (214, 222, 232))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 300, 640, 420), fill=(150, 152, 150))
    for place in range(5):
        left, height = 40 + place * 120, 80 + (number * 37 + place * 53) % 90
        draw.rectangle(
            (left, 300 - height, left + 80, 300), fill=(70 + place * 20, 96, 120 + number * 7 % 80), outline=(40, 50, 60), width=3
        )
        draw.rectangle((left + 16, 320 - height, left + 64, 344 - height), fill=(238, 210, 120))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    stream.seek(0)
    return stream
