"""Controls of facts: one row of one moment, kinds that stay, files that stay, counts that names promise, masks that hold."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from songda.engines.rules.catalogue import Kind
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import system
from songda.registry.codes import rules
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.facts import queries
from songda.registry.facts.actions import Definition, define_facts, reveal_facts, take_snapshot
from songda.registry.facts.models import Fact
from songda.registry.facts.tests.cast import FACTS, NOW, catalogue, tell
from songda.registry.subjects.tests.cast import clerk, firm, place
from tests.controls.rebuilt import constraint_off

DAY = dt.date(2020, 3, 1)


def module(name: str):
    return sys.modules[f"songda.registry.facts.{name}"]


@pytest.mark.row("SUP-08")
@pytest.mark.django_db(transaction=True)
def test_a_row_stands_once_and_would_stand_twice_without_the_index():
    catalogue()
    one = tell(firm("示例一厂", place().erqi), "assets", "5元", "2020-01-01")

    def again():
        with transaction.atomic():
            return Fact.objects.create(
                subject=one.subject,
                fact=one.fact,
                valid_from=one.valid_from,
                recorded_at=one.recorded_at,
                source=one.source,
                num=6,
            )

    with pytest.raises(IntegrityError):
        again()
    with constraint_off(Fact, "fact_once"):
        made = again()
        assert Fact.objects.count() == 2
        made.delete()


@pytest.mark.django_db
def test_only_changes_are_written_and_everything_would_be_without_the_comparison(monkeypatch):
    catalogue()
    one = firm("示例一厂", place().erqi)
    for _again in range(2):
        tell(one, "assets", "5元", "2020-01-01")
    assert Fact.objects.count() == 1
    monkeypatch.setattr(module("actions.record_cells"), "changes", lambda cells, known: list(cells))
    tell(one, "assets", "5元", "2020-01-01")
    assert Fact.objects.count() == 2


@pytest.mark.django_db
def test_a_kind_stays_and_would_change_without_the_check(monkeypatch):
    catalogue()
    other = Definition(replace(FACTS[6], kind=Kind.BOOL, unit=""))
    with pytest.raises(Conflict):
        define_facts([other], by=system(), now=NOW)
    monkeypatch.setattr(module("actions.define_facts"), "_check_unchanged", lambda row, known: None)
    assert define_facts([other], by=system(), now=NOW) == 1


@pytest.mark.row("SUP-08")
@pytest.mark.django_db
def test_a_changed_snapshot_is_refused_and_would_be_read_without_the_digest(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    catalogue()
    firm("示例一厂", place().erqi)
    made, other = (take_snapshot(as_of=DAY, known_at=NOW + dt.timedelta(days=n)) for n in (1, 2))
    tell(firm("示例二厂", made_home()), "assets", "5元", "2020-01-01")
    changed = take_snapshot(as_of=DAY, known_at=NOW + dt.timedelta(days=3))
    path = queries.snapshot_path(made)
    path.unlink()
    path.write_bytes(queries.snapshot_path(changed).read_bytes())
    assert queries.snapshot_frame(other).n == 1
    with pytest.raises(Conflict):
        queries.snapshot_frame(made)
    monkeypatch.setattr(module("queries.snapshots"), "digest_of", lambda path: made.digest)
    assert queries.snapshot_frame(made).n == 2


def made_home():
    from songda.registry.organisations.models import Organisation

    return Organisation.objects.get(code="erqi")


@pytest.mark.row("SUP-14")
@pytest.mark.django_db
def test_six_difficulties_are_six_and_might_be_five_without_the_count(monkeypatch):
    five = Edition("six", "1", "六难", [rules.Entry(str(n), f"难{n}") for n in range(5)])
    with pytest.raises(Invalid):
        load_dictionary(five, by=system(), now=NOW)
    monkeypatch.setattr(rules, "claimed", lambda name: None)
    assert load_dictionary(five, by=system(), now=NOW).entries.count() == 5


@pytest.mark.django_db
def test_personal_facts_want_a_permission_and_would_be_shown_without_the_check(monkeypatch):
    catalogue()
    one = firm("示例一厂", place().erqi)
    tell(one, "owner_veteran", "是", "2020-01-01")
    officer = replace(clerk("4101/"), permissions=frozenset({"subjects.see"}))
    with pytest.raises(Exception, match="不能查看个人信息"):
        reveal_facts(one.pk, reason="核对补贴资格", on=DAY, by=officer, now=NOW)
    monkeypatch.setattr(type(officer), "may", lambda actor, permission: True)
    shown = reveal_facts(one.pk, reason="核对补贴资格", on=DAY, by=officer, now=NOW)
    assert "是" in {each.value for each in shown if each.fact.personal}
