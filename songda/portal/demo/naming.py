"""The subjects that the texts name, with only what the texts say of them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.portal.demo.days import TODAY
from songda.portal.demo.registers import City, Named
from songda.registry.actors import Actor
from songda.registry.facts.actions.record_fact import record_fact
from songda.registry.organisations import queries as organisations
from songda.registry.subjects.actions import add_alias, place_in_park
from songda.registry.subjects.models import Alias, Subject
from songda.registry.subjects.rules import names


def enter_named(city: City, *, by: Actor, now: dt.datetime) -> int:
    """Enter them; returns how many. They carry no credit code: the texts give none."""
    for number, one in enumerate(city.named, 1):
        _enter(one, number, by, now)
    return len(city.named)


@transaction.atomic
def _enter(one: Named, number: int, by: Actor, now: dt.datetime) -> None:
    home = organisations.by_code(one.area)
    subject = Subject.objects.create(
        kind=one.kind,
        local_number=f"text-{number:03}",
        name=one.name,
        name_key=names.key_of(one.name),
        name_core=names.core_of(one.name),
        home=home,
        area_path=home.area_path,
        demonstration=True,
    )
    if one.alias:
        add_alias(subject.pk, name=one.alias, kind=Alias.Kind.VARIANT, source="公开报道", by=by, now=now)
    if one.park:
        place_in_park(subject.pk, park_id=organisations.by_code(one.park).pk, on=TODAY, by=by, now=now)
    kinds = {"enterprise": "企业", "project": "建设项目", "market": "商贸市场"}
    said = {"registered_area": one.area, "subject_kind": kinds[one.kind], **one.facts}
    for code, words in said.items():
        record_fact(subject.pk, code, words, valid_from=one.since or TODAY, source_code="press", by=by, now=now)
