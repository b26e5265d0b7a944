"""Changes to places: enter one, correct it, close it. A place keeps its number; what it was before is in the trail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.places.access import place_for
from songda.registry.places.models import Place
from songda.registry.places.rules import shapes
from songda.registry.places.rules.geometry import Point, bounds
from songda.registry.subjects import access as subjects
from songda.registry.subjects.rules.names import key_of


@dataclass(frozen=True, slots=True)
class NewPlace:
    """What is said of a place; `points` in WGS 84, millionths of a degree."""

    kind: str
    name: str
    home_id: int
    form: str
    points: tuple[Point, ...]
    subject_id: int | None = None
    note: str = ""
    code: str = ""
    demonstration: bool = False


@transaction.atomic
def add_place(new: NewPlace, *, by: Actor, now: dt.datetime) -> Place:
    """Enter a place in the actor's territory. Invalid for a shape that is none."""
    place = Place(code=new.code or None, demonstration=new.demonstration)
    _describe(place, new, by)
    place.save()
    record("place.add", place, by=by, now=now, after=_said(place))
    return place


@transaction.atomic
def correct_place(place_id: int, new: NewPlace, *, by: Actor, now: dt.datetime) -> Place:
    """Correct what is said of a place that is still there."""
    place = place_for(place_id, by)
    subjects.check_area(place.area_path, by)
    if place.closed_on is not None:
        raise Conflict(_("该位置已撤销，不能更正。"), advice=_("请另行登记。"))
    before = _said(place)
    _describe(place, new, by)
    place.save()
    record("place.correct", place, by=by, now=now, before=before, after=_said(place))
    return place


@transaction.atomic
def close_place(place_id: int, *, on: dt.date, by: Actor, now: dt.datetime) -> Place:
    """Say that a place is no longer there: it leaves lists and searches and keeps its page."""
    place = place_for(place_id, by)
    subjects.check_area(place.area_path, by)
    if Place.objects.filter(pk=place_id, closed_on=None).update(closed_on=on) != 1:
        raise Conflict(_("该位置已撤销。"))
    record("place.close", place, by=by, now=now, after={"closed_on": on.isoformat()})
    place.refresh_from_db()
    return place


def _describe(place: Place, new: NewPlace, by: Actor) -> None:
    home = Organisation.objects.filter(pk=new.home_id, ends_on=None).first()
    if home is None:
        raise NotFound(_("没有所选的辖区机构。"))
    subjects.check_area(home.area_path, by)
    if new.kind not in Place.Kind.values:
        raise Invalid(_("请选择位置类型。"), fields={"kind": _("请从列表中选择。")})
    if not new.name.strip():
        raise Invalid(_("请填写位置名称。"), fields={"name": _("例如：某路与某路交叉口。")})
    if fault := shapes.fault_of(new.points, new.form):
        raise Invalid(fault, fields={"points": fault})
    box = bounds(new.points)
    place.kind, place.name, place.name_key = new.kind, new.name.strip()[:120], key_of(new.name.strip())[:200]
    place.home, place.area_path, place.note = home, home.area_path, new.note.strip()[:200]
    place.subject = subjects.subject_for(new.subject_id, by) if new.subject_id is not None else None
    place.form, place.points = new.form, [list(point) for point in new.points]
    place.south, place.west, place.north, place.east = box.south, box.west, box.north, box.east


def _said(place: Place) -> dict[str, object]:
    return {
        "kind": place.kind,
        "name": place.name,
        "home": place.home.code,
        "subject": place.subject_id,
        "form": place.form,
        "points": shapes.written(place.points),
    }
