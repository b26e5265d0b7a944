"""Subjects with both axes: production from facts, control from lights; for lists, one subject's page and the daily report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from songda.office.resumption.models import Lamp, StopOrder
from songda.office.resumption.queries.timeline import COUNTED, states_at
from songda.office.resumption.rules.asof import UNKNOWN
from songda.office.resumption.rules.counting import KINDS, States
from songda.office.resumption.states import Light, Population, Production
from songda.registry.actors import Actor
from songda.registry.facts.models import Fact
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

TOLD_NOTHING = "untold"
LISTED = "on-list"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list; an empty one does not filter. `state` is a production state, `untold`, or `on-list`."""

    population: str = ""
    state: str = ""
    light: str = ""
    words: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A subject as lists show it on a day: production state, on the list or not, people, control light."""

    subject: Subject
    state: str
    listed: bool
    due: int | None
    present: int | None
    roll_present: int | None
    light: str

    @property
    def state_label(self) -> str:
        """The production state in words; empty where nobody has told."""
        return str(Production(self.state).label) if self.state in Production.values else self.state

    @property
    def light_label(self) -> str:
        """The light in words."""
        return str(Light(self.light).label)


def subject_rows(actor: Actor, wanted: Wanted, *, on: dt.date) -> QuerySet[Subject]:
    """The subjects in sight that pass the filters, by name. Who is in a state today is told by the latest facts up to the day."""
    rows = visible_to(actor).filter(kind__in=KINDS[Population(wanted.population)] if wanted.population else COUNTED)
    rows = rows.exclude(status=Subject.Status.CLOSED)
    if wanted.words:
        rows = rows.filter(name__contains=wanted.words)
    if wanted.area:
        rows = rows.filter(area_path__startswith=wanted.area)
    if wanted.light:
        rows = _of_light(rows, wanted.light)
    if wanted.state in Production.values or wanted.state == TOLD_NOTHING:
        newest = Fact.objects.filter(subject=OuterRef("pk"), fact__code="resumption", valid_from__lte=on)
        newest = newest.order_by("-valid_from", "-recorded_at")
        rows = rows.annotate(told=Subquery(newest.values("text")[:1]))
        rows = rows.filter(told=wanted.state) if wanted.state != TOLD_NOTHING else rows.filter(told=None)
    return rows.select_related("home").order_by("name_key", "id")


def lines(subjects: Sequence[Subject], *, on: dt.date) -> list[Line]:
    """The states of a page of subjects."""
    keys = [one.pk for one in subjects]
    lights = dict(Lamp.objects.filter(subject__in=keys, until=None).values_list("subject_id", "light"))
    told = {line.subject: line for line in _told(states_at("", on=on, subjects=keys))}
    return [_line(one, told.get(one.pk), lights.get(one.pk, Light.GREEN.value)) for one in subjects]


@dataclass(frozen=True, slots=True)
class _Told:
    subject: int
    state: str
    listed: bool
    numbers: tuple[int | None, int | None, int | None]


def _told(rows: States) -> list[_Told]:
    numbers = (rows.due_people.tolist(), rows.present.tolist(), rows.roll_present.tolist())
    whole = zip(rows.subjects.tolist(), rows.states.tolist(), rows.listed.tolist(), *numbers, strict=True)
    return [
        _Told(subject, state, listed, (_known(due), _known(present), _known(roll)))
        for subject, state, listed, due, present, roll in whole
    ]


def _known(number: int) -> int | None:
    return None if number == UNKNOWN else number


def _line(subject: Subject, told: _Told | None, light: str) -> Line:
    if told is None:
        return Line(subject, "", False, None, None, None, light)
    return Line(subject, told.state, told.listed, *told.numbers, light)


def _of_light(rows: QuerySet[Subject], light: str) -> QuerySet[Subject]:
    standing = Lamp.objects.filter(subject=OuterRef("pk"), until=None)
    if light == Light.GREEN:
        return rows.exclude(Exists(standing.exclude(light=Light.GREEN)))
    return rows.filter(Exists(standing.filter(light=light)))


def stop_orders_of(subject_id: int) -> QuerySet[StopOrder]:
    """Every stop order of a subject, the newest first."""
    return StopOrder.objects.filter(subject_id=subject_id).select_related("lamp").order_by("-issued_at", "-pk")


def lamps_of(subject_id: int) -> QuerySet[Lamp]:
    """Every light of a subject, the newest first."""
    return Lamp.objects.filter(subject_id=subject_id).select_related("evidence").order_by("-set_at", "-pk")
