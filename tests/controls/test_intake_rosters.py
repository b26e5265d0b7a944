"""Controls of the intake: a file is taken once, is written whole, and holds no formulas."""

from __future__ import annotations

import datetime as dt
import re
import sys

import pytest

from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import system
from songda.registry.facts.models import Fact
from songda.registry.facts.tests.cast import catalogue
from songda.registry.intake.actions import check_roster, take_roster
from songda.registry.intake.actions.check_roster import Roster
from songda.registry.intake.rules import guard
from songda.registry.intake.tests.rosters import AS_OF, row, workbook
from songda.registry.subjects.tests.cast import NOW, place


@pytest.fixture
def here(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "files"
    catalogue()
    return place()


def check(path, day=0):
    return check_roster(Roster(path, path.name, "gaoxin", AS_OF), by=system(), now=NOW + dt.timedelta(days=day))


def test_the_same_rows_write_nothing_and_would_be_written_again_without_the_comparison(here, tmp_path, monkeypatch):
    take_roster(check(workbook(tmp_path / "a.xlsx", [row(1), row(2)])).pk, by=system(), now=NOW)
    before = Fact.objects.count()
    again = check(workbook(tmp_path / "b.xlsx", [row(2), row(1)]), day=1)
    take_roster(again.pk, by=system(), now=NOW + dt.timedelta(days=1))
    assert Fact.objects.count() == before
    third = check(workbook(tmp_path / "c.xlsx", [row(1), row(2)], above=1), day=2)
    monkeypatch.setattr(sys.modules["songda.registry.facts.actions.record_cells"], "changes", lambda cells, known: list(cells))
    take_roster(third.pk, by=system(), now=NOW + dt.timedelta(days=2))
    assert Fact.objects.count() > before


def test_a_file_is_taken_once_and_would_be_taken_twice_without_the_state(here, tmp_path, monkeypatch):
    made = check(workbook(tmp_path / "a.xlsx", [row(1)]))
    take_roster(made.pk, by=system(), now=NOW)
    with pytest.raises(Conflict):
        take_roster(made.pk, by=system(), now=NOW)
    monkeypatch.setattr(sys.modules["songda.registry.intake.actions.take_roster"], "move", lambda *_args, **_more: None)
    assert take_roster(made.pk, by=system(), now=NOW).facts == 0


def test_formulas_are_refused_and_would_be_read_as_nothing_without_the_search(here, tmp_path, monkeypatch):
    path = workbook(tmp_path / "a.xlsx", [row(1, staff="=40+2")])
    with pytest.raises(Invalid, match="公式"):
        check(path)
    monkeypatch.setattr(guard, "_FORMULA", re.compile(rb"(never)(?!)"))
    assert check(path).created == 1
