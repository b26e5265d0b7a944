from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.kernel.errors import Conflict, NotPermitted
from songda.portal.demo.founding import found_city
from songda.portal.demo.people import appoint_everyone, password
from songda.portal.demo.registers import declared
from songda.registry.actors import system
from songda.registry.facts import queries as facts
from songda.registry.facts.actions.record_fact import record_fact
from songda.registry.facts.models import Fact
from songda.registry.people.models import Account, Assignment, Contact, Person, Post
from songda.registry.people.states import Role
from songda.registry.subjects.models import Subject

NOW = dt.datetime(2020, 3, 18, 1, 0, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packed")]


def small(city):
    groups = tuple(
        replace(
            one,
            count=min(one.count, 400),
            reachable=min(one.reachable, 360),
            resumed=min(one.resumed, 300),
            due=None,
            present=None,
        )
        for one in city.groups
    )
    tiers = tuple(replace(one, count=1) for one in city.tiers)
    return replace(city, groups=groups, lists=tuple(replace(one, count=min(one.count, 9)) for one in city.lists), tiers=tiers)


def found(demonstration=True):
    return found_city(small(declared()), facts.catalogue(), demonstration=demonstration, by=system("演示"), now=NOW)


def test_the_city_is_written_as_drawn():
    made = found()
    assert Subject.objects.count() == made.subjects == small(declared()).subjects
    assert Subject.objects.filter(demonstration=False).count() == 0
    inbox = Contact.objects.filter(channel="inbox", subject__area_path__startswith="4101/72/", subject__kind="enterprise")
    assert inbox.values("subject").distinct().count() == 360
    assert inbox.count() == 540, "every second firm has a second person"
    listed = Fact.objects.filter(fact__code="guarantee_list", num=1)
    assert listed.filter(subject__area_path__startswith="4101/06/").count() == 4


def test_list_columns_are_what_the_facts_say():
    found()
    for subject in Subject.objects.filter(uscc__isnull=False)[:40]:
        known = facts.facts_of(subject.pk, on=NOW.date())
        assert subject.industry == (known["industry"].value if "industry" in known else "")
        assert subject.size == (known["size"].value if "size" in known else "")
        assert subject.founded_on == (known["founded_on"].value if "founded_on" in known else None)


def test_a_named_firm_carries_only_what_the_text_says():
    found()
    firm = Subject.objects.get(name="河南长铝工业服务有限公司")
    assert set(Fact.objects.filter(subject=firm).values_list("fact__code", flat=True)) == {
        "registered_area", "subject_kind", "guarantee_list",
    }  # fmt: skip
    assert (firm.uscc, firm.industry, firm.size) == (None, "", "")


def test_real_ground_is_refused():
    with pytest.raises(NotPermitted):
        found(demonstration=False)
    found()
    with pytest.raises(Conflict):
        found()


def test_every_role_has_an_account_and_nobody_a_persons_name():
    found()
    by = system("演示")
    maker = Subject.objects.filter(area_path__startswith="4101/72/", uscc__isnull=False).order_by("pk").last()
    record_fact(maker.pk, "makes_supplies", "是", valid_from=NOW.date(), source_code="industry", by=by, now=NOW)
    with pytest.raises(NotPermitted):
        appoint_everyone(demonstration=False, secret="x", since=dt.date(2020, 1, 1), by=by, now=NOW)
    appoint_everyone(demonstration=True, secret="x", since=dt.date(2020, 1, 1), by=by, now=NOW)
    assert set(Post.objects.exclude(person__account=None).values_list("role", flat=True)) == set(Role.values)
    assert all(name.startswith("演示") for name in Person.objects.values_list("name", flat=True))
    assert Account.objects.get(username="editor").check_password(password("x"))
    firms = Assignment.objects.filter(ends_on=None)
    assert firms.count() == firms.values("subject").distinct().count() > 100
