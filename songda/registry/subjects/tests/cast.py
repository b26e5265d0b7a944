"""The smallest place to test in: a city with two districts and a park, and the actors who work there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from songda.registry.actors import Actor, system
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.actions import NewSubject, register_subject
from songda.registry.subjects.models import Subject

NOW = dt.datetime(2020, 3, 10, 1, tzinfo=dt.UTC)
EVERYTHING = frozenset(
    {"subjects.see", "subjects.edit", "subjects.merge", "facts.edit", "facts.personal", "roster.import", "codes.edit"}
)


@dataclass(frozen=True)
class Place:
    city: Organisation
    erqi: Organisation
    gaoxin: Organisation
    park: Organisation


def place() -> Place:
    city = unit("zhengzhou", "郑州市", "city", "4101/")
    erqi = unit("erqi", "二七区", "district", "4101/03/", city)
    return Place(
        city,
        erqi,
        unit("gaoxin", "高新区", "zone", "4101/72/", city),
        unit("mazhai", "马寨产业集聚区", "park", "4101/03/p1/", erqi),
    )


def unit(code, name, kind, path, parent=None) -> Organisation:
    return Organisation.objects.create(code=code, name=name, short_name=name, kind=kind, area_path=path, parent=parent)


def clerk(*paths: str, **more) -> Actor:
    return Actor(
        account_id=1,
        person_id=1,
        post_id=1,
        name="街道经办",
        role="street_clerk",
        permissions=EVERYTHING,
        area_paths=paths,
        **more,
    )


def firm(name: str, home: Organisation, code: str = "", kind: str = "enterprise") -> Subject:
    return register_subject(NewSubject(kind, name, home.pk, uscc=code), by=system(), now=NOW)
