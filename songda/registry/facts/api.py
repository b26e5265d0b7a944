"""Facts for programs: the catalogue, and what is known of a subject as of a day, as known at a moment."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.engines.rules.tell import tell
from songda.kernel import clock
from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Day, Id, Listed, Moment
from songda.registry.facts import queries
from songda.registry.facts.actions import note_revealed
from songda.registry.facts.models import FactDefinition
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for

router = Router()
SEE = "subjects.see firm.read"
_PROGRAM = "程序接口读取"  # the reason that stands in the trail; the token says whose program it was


class Definition(Schema):
    """An entry of the catalogue."""

    code: str
    name: str
    kind: str
    unit: str
    code_list: str
    owner: str
    freshness_days: int | None
    personal: bool
    description: str


class Known(Schema):
    """A fact that is known: its value in words with its unit, the day it was taken, who says so, whether it has gone stale."""

    code: str
    name: str
    value: str
    as_of: dt.date | None
    source: str
    stale: bool
    personal: bool


class Facts(Schema):
    """What is known. Personal facts are there only with the scope for them."""

    subject_id: int
    on: dt.date
    known_at: dt.datetime | None
    items: list[Known]


class Moments(Schema):
    """As of which day (today), as known at which moment (now)."""

    on: Day | None = None
    known_at: Moment | None = None


@reads(router, "/facts", SEE, Listed[Definition], _("事实目录"))
def fact_catalogue(request: ActingRequest, asked: Query[Paging]) -> object:
    """What may be known of a subject."""
    del request
    return piece_of(FactDefinition.objects.filter(context="subject").order_by("ordinal", "id"), asked, list)


@reads(router, "/subjects/{subject_id}/facts", SEE, Facts, _("主体的事实：截至某日、按某时所知"))
def subject_facts(request: ActingRequest, subject_id: Annotated[Id, Path()], asked: Query[Moments]) -> Facts:
    """The facts of one subject in scope; personal ones for a scope that says so, and then the trail has them."""
    subject, on = subject_for(subject_id, request.actor), asked.on or clock.day_of(clock.now())
    open_all, names = request.actor.may("facts.personal"), queries.catalogue()
    known = queries.facts_of(subject.pk, on=on, known_at=asked.known_at, personal=open_all)
    items = [
        Known(
            code=fact.code, name=fact.name, value=tell(one.value, fact, names, on), as_of=one.as_of, source=one.source,
            stale=bool(fact.freshness_days and one.as_of and (on - one.as_of).days > fact.freshness_days), personal=fact.personal,
        )
        for fact in names.facts
        if (one := known.get(fact.code)) is not None
    ]  # fmt: skip
    if personal := [one.code for one in items if one.personal]:
        note_revealed(subject, personal, _PROGRAM, by=request.actor, now=clock.now())
    return Facts(subject_id=subject.pk, on=on, known_at=asked.known_at, items=items)
