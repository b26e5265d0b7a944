"""New documents come in 收到新政策: registered, read into the library, given to somebody, set aside with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import document_for
from songda.deliveries.policy.library.actions import receive_document
from songda.deliveries.policy.watch.access import arrival_to_work
from songda.deliveries.policy.watch.models import Arrival
from songda.deliveries.policy.watch.queries import due_of, limits
from songda.deliveries.policy.watch.states import ARRIVAL, Source
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.machines import move
from songda.registry.actors import Actor, require, require_area
from songda.registry.calendars.queries import calendar

MORNING = dt.timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class NewArrival:
    """What is known of a document when it comes in. `owner_id`: the post that will digest it."""

    title: str
    issuer: str
    source: str
    area_path: str
    received_on: dt.date
    issued_on: dt.date | None = None
    number: str = ""
    link: str = ""
    owner_id: int | None = None
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a document with its level, the name of its file, and what opening the file told."""

    text: str
    level: str
    file_name: str = ""
    notes: Sequence[str] = ()


@transaction.atomic
def receive_arrival(new: NewArrival, *, by: Actor, now: dt.datetime) -> Arrival:
    """Put a new document into the queue; its clock runs from the day it was received, not from the day somebody wrote it down."""
    require(by, "policy.edit")
    require_area(by, new.area_path)
    _check(new, clock.day_of(now))
    made = Arrival(
        title=new.title.strip()[:300], number=new.number.strip()[:80], issuer=new.issuer.strip()[:160], source=new.source,
        link=new.link, area_path=new.area_path, issued_on=new.issued_on, received_at=_moment(new.received_on, now),
        registered_at=now, registered_name=by.name, owner_id=new.owner_id or by.post_id, demonstration=new.demonstration,
    )  # fmt: skip
    made.due_at = due_of(made, limits(), calendar())
    made.save()
    record("watch.receive", made, by=by, now=now, after={"title": made.title, "issuer": made.issuer, "due": str(made.due_at)})
    return made


def _check(new: NewArrival, today: dt.date) -> None:
    if not new.title.strip() or not new.issuer.strip() or new.source not in Source.values:
        raise Invalid(_("请填写文件名称、发文机关和来源。"), fields={"title": _("文件全称。")})
    if new.received_on > today:
        raise Invalid(_("收到日期晚于今天。"), fields={"received_on": _("填写实际收到的日期。")})
    if new.issued_on and new.issued_on > new.received_on:
        raise Invalid(_("发文日期晚于收到日期。"), fields={"issued_on": _("请核对。")})


def _moment(day: dt.date, now: dt.datetime) -> dt.datetime:
    return now if day == clock.day_of(now) else clock.start_of(day) + MORNING


@transaction.atomic
def read_arrival(arrival_id: int, given: Text, *, by: Actor, now: dt.datetime) -> Arrival:
    """Take the text into the library: the reader drafts its articles and measures. A text the library holds already is linked."""
    arrival = arrival_to_work(arrival_id, by)
    if arrival.document_id is not None:
        raise Conflict(_("这份文件的正文已经入库。"), advice=_("请直接打开库内文件。"))
    try:
        document_id = _received(arrival, given, by, now)
    except Conflict as refusal:
        if refusal.code != "same_text":
            raise
        document_id = int(refusal.fields["document"])
    return link_document(arrival.pk, document_id, by=by, now=now)


def _received(arrival: Arrival, given: Text, by: Actor, now: dt.datetime) -> int:
    with transaction.atomic():
        document = receive_document(
            given.text, by=by, now=now, level=given.level, area_path=arrival.area_path, title=arrival.title,
            file_name=given.file_name, notes=given.notes, demonstration=arrival.demonstration,
        )  # fmt: skip
    return document.pk


@transaction.atomic
def link_document(arrival_id: int, document_id: int, *, by: Actor, now: dt.datetime) -> Arrival:
    """Say which document of the library this is."""
    arrival = arrival_to_work(arrival_id, by)
    document = document_for(document_id, by)
    if Arrival.objects.filter(pk=arrival.pk, document=None).update(document=document) != 1:
        raise Conflict(_("这份文件的正文已经入库。"))
    record("watch.link", arrival, by=by, now=now, after={"document": document.pk})
    arrival.refresh_from_db()
    return arrival


@transaction.atomic
def set_aside(arrival_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Arrival:
    """Not for this place, or told already: the clock stops, the reason stays."""
    arrival = arrival_to_work(arrival_id, by)
    if not reason.strip():
        raise Invalid(_("请写明不予办理的理由。"), fields={"reason": _("如：不适用于本辖区。")})
    move(ARRIVAL, arrival, "set_aside", due_at=None, set_aside_at=now, reason=reason.strip()[:200])
    record("watch.set_aside", arrival, by=by, now=now, after={"reason": arrival.reason})
    return arrival


@transaction.atomic
def resume(arrival_id: int, *, by: Actor, now: dt.datetime) -> Arrival:
    """Take it up after all; the limit begins anew."""
    arrival = arrival_to_work(arrival_id, by)
    fresh = Arrival(state="received", received_at=arrival.received_at, resumed_at=now)
    move(ARRIVAL, arrival, "resume", due_at=due_of(fresh, limits(), calendar()), resumed_at=now, reason="")
    record("watch.resume", arrival, by=by, now=now, after={"due": str(arrival.due_at)})
    return arrival
