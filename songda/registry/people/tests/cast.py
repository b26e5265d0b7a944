"""The fixed cast 演员表: one place, two zones, two firms, and a person for each part. Invented throughout.

    def test_a_street_sees_its_firms(cast): assert ... visible_to(cast.street)

`cast` is a fixture (root conftest); each part is an `Actor`, as the middleware would make it. `enter(client, actor)` signs the
part in for page tests. `hire(role, ...)` makes another part.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client

from songda.kernel import clock
from songda.registry.actors import Actor
from songda.registry.organisations.models import Move, Organisation
from songda.registry.people.models import Account, Assignment, Person, Post
from songda.registry.people.queries import SESSION_POST, actor_for
from songda.registry.people.states import Role
from songda.registry.subjects.models import Subject

DAY = dt.date(2020, 3, 10)
NOW = dt.datetime(2020, 3, 10, 2, 0, tzinfo=dt.UTC)  # ten in the morning of DAY, in the place
SINCE = dt.date(2020, 1, 1)
PASSWORD = "Demo-pass-2020"


@dataclass(frozen=True)
class Cast:
    """Places, firms and parts."""

    city: Organisation
    zone: Organisation
    street_office: Organisation
    bureau: Organisation  # a department of the zone
    other_zone: Organisation
    other_street: Organisation
    firm: Subject  # in the street, assigned to the officer, the clerk's
    neighbour: Subject  # in the same street, nobody's
    other_firm: Subject  # in the other zone
    clerk: Actor
    desk: Actor
    lead: Actor
    officer: Actor
    street: Actor
    dispatcher: Actor
    registrar: Actor
    editor: Actor
    publisher: Actor
    leader: Actor
    stranger: Actor  # a desk of the other zone
    system_admin: Actor
    security_admin: Actor
    audit_admin: Actor


def place(code: str, name: str, kind: str, parent: Organisation | None, segment: str = "") -> Organisation:
    """An organisation with its present place; a territory when `segment` is given."""
    base = parent.area_path if parent else ""
    path = f"{base}{segment}/" if segment else base
    unit = Organisation.objects.create(
        code=code, name=name, short_name=name, kind=kind, parent=parent, area_path=path, starts_on=SINCE
    )
    Move.objects.create(organisation=unit, parent=parent, area_path=path, starts_on=SINCE)
    return unit


def firm(name: str, home: Organisation, number: str, **more: object) -> Subject:
    """An invented firm with a local number, so that no credit code has to be invented."""
    fields = {"kind": "enterprise", "name_key": number, "name_core": name, "demonstration": True, **more}
    return Subject.objects.create(name=name, local_number=number, home=home, area_path=home.area_path, **fields)


def hire(role: Role, *, at: Organisation | None = None, of: Subject | None = None, name: str = "") -> Actor:
    """A person with an account and one post, as an actor on DAY."""
    label = name or f"示例{role.label}"
    person = Person.objects.create(name=label, demonstration=True)
    account = Account(username=f"{role.value}{person.pk}", person=person, created_at=NOW)
    account.set_password(PASSWORD)
    account.save()
    post = Post.objects.create(person=person, role=role.value, organisation=at, subject=of, starts_on=SINCE)
    return actor_for(post, on=DAY)


def enter(client: Client, actor: Actor) -> Client:
    """Sign the part in, acting through its post."""
    account = Account.objects.get(pk=actor.account_id)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SESSION_POST] = actor.post_id
    session["awake"] = int(clock.now().timestamp())  # as after a first page: the next ones only read (portal.middleware)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def assemble() -> Cast:
    """Make the whole cast (about twenty rows each of persons, accounts and posts)."""
    city = place("sample-city", "示例市", "city", None, "4101")
    zone = place("zone-a", "甲开发区", "zone", city, "03")
    street_office = place("street-a1", "甲一街道", "street", zone, "001")
    bureau = place("bureau-a", "甲区科工信局", "department", zone)
    other_zone = place("zone-b", "乙区", "district", city, "04")
    other_street = place("street-b1", "乙一街道", "street", other_zone, "001")
    other_bureau = place("bureau-b", "乙区科工信局", "department", other_zone)
    own = firm("示例精密机械有限公司", street_office, "D0001")
    officer = hire(Role.SERVICE_OFFICER, at=zone)
    Assignment.objects.create(subject=own, post_id=officer.post_id, starts_on=SINCE)
    return Cast(
        city=city, zone=zone, street_office=street_office, bureau=bureau, other_zone=other_zone, other_street=other_street,
        firm=own,
        neighbour=firm("示例邻里食品有限公司", street_office, "D0002"),
        other_firm=firm("示例远方建材有限公司", other_street, "D0003"),
        clerk=hire(Role.ENTERPRISE_CLERK, of=own),
        desk=hire(Role.DEPARTMENT_DESK, at=bureau),
        lead=hire(Role.DEPARTMENT_LEAD, at=bureau),
        officer=officer,
        street=hire(Role.STREET_CLERK, at=street_office),
        dispatcher=hire(Role.DISPATCHER, at=zone),
        registrar=hire(Role.REGISTRY_CLERK, at=zone),
        editor=hire(Role.POLICY_EDITOR, at=zone),
        publisher=hire(Role.POLICY_PUBLISHER, at=zone),
        leader=hire(Role.LEADER, at=city),
        stranger=hire(Role.DEPARTMENT_DESK, at=other_bureau, name="示例外区经办"),
        system_admin=hire(Role.SYSTEM_ADMIN, at=city),
        security_admin=hire(Role.SECURITY_ADMIN, at=city),
        audit_admin=hire(Role.AUDIT_ADMIN, at=city),
    )  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, fresh for each test."""
    return assemble()
