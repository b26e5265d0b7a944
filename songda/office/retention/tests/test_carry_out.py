"""Carrying out: broken off and gone on with, figures the same before and after, done again after a restore."""

from __future__ import annotations

import datetime as dt
import json
from importlib import import_module

import pytest
from django.db import transaction

from songda.engines.rules.catalogue_files import PlainLoader
from songda.kernel.errors import Invalid
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import PACK
from songda.ledger.papers.models import Series
from songda.office.indicators import packs as indicators
from songda.office.indicators.actions import make_tallies
from songda.office.indicators.models import Tally
from songda.office.resumption.models import Arrival
from songda.office.retention import actions
from songda.office.retention.models import Purge, PurgeItem
from songda.office.retention.queries import lists
from songda.office.retention.queries.verification import verify
from songda.office.retention.rules.certificate import digest_of
from songda.office.retention.tests.ground import LATER, approved, arrival, closed_case, laid_to, piece, purged
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW

CARRY = import_module("songda.office.retention.actions.carry_out")
FIRST, LAST = dt.date(2020, 3, 1), dt.date(2020, 3, 31)


@pytest.mark.row("SUP-19")
def test_a_list_broken_off_is_gone_on_with_and_comes_out_the_same(house, monkeypatch):
    gone = [arrival(house.firm).pk for _ in range(5)]
    purge = approved(house, "arrivals")
    monkeypatch.setattr(CARRY, "BATCH", 2)
    real, calls = CARRY.erase, []

    def dies(*given):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt  # the worker is killed with the second batch in hand
        return real(*given)

    monkeypatch.setattr(CARRY, "erase", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.carry_on(by=system(), now=LATER)
    purge.refresh_from_db()
    assert (purge.state, Arrival.objects.count()) == ("approved", 3)  # the first batch is gone, the second whole
    assert PurgeItem.objects.filter(done_at__isnull=False).count() == 2
    assert actions.carry_on(by=system(), now=LATER) == 3
    purge.refresh_from_db()
    assert (purge.state, purge.number, Arrival.objects.count()) == ("done", "销毁〔2031〕1号", 0)
    assert purge.lines.get().digest == digest_of(gone)


def test_a_certificate_taken_back_leaves_no_gap(house, monkeypatch):
    arrival(house.firm)
    approved(house, "arrivals")
    monkeypatch.setattr(CARRY, "move", lambda *_a, **_k: (_ for _ in ()).throw(RuntimeError("the power failed")))
    with pytest.raises(RuntimeError):
        actions.carry_on(by=system(), now=LATER)
    assert not Series.objects.exists()
    monkeypatch.undo()
    actions.carry_on(by=system(), now=LATER)
    assert Purge.objects.get().ordinal == 1


def tallied() -> list[tuple]:
    Tally.objects.all().delete()
    make_tallies(FIRST, LAST, now=LATER)
    return sorted(Tally.objects.values_list("code", "organisation_id", "day", "cell", "number"))


@pytest.mark.row("SUP-08")
def test_the_tallies_of_a_closed_period_are_the_same_before_and_after(house):
    import yaml

    text = (PACK / "indicators.yaml").read_text(encoding="utf-8")
    indicators.load_indicators(yaml.load(text, PlainLoader)["indicators"], by=system(), now=NOW)
    case = closed_case(house)
    closed_case(house, "另一件", subject=house.neighbour)
    laid_to(case, piece(house.firm, b"proof"))
    before = tallied()
    assert sum(number for *_rest, number in before) > 0
    purged(house, "cases", "notices", "visits", "attendances", "contacts")
    assert tallied() == before
    Case.objects.filter(pk=case.pk).update(open=True)  # the comparison is not blind
    Case.objects.filter(pk=case.pk).update(area_path="")
    assert tallied() != before


@pytest.fixture
def restored(house):
    """A house whose database was put back to before a purge, whose lists lie beside it: the certificate's number and the keys."""
    case, one = closed_case(house), arrival(house.firm)
    with transaction.atomic():
        number = purged(house, "cases", "arrivals").number
        assert actions.keep_lists() == 1 and actions.keep_lists() == 0
        transaction.set_rollback(True)
    return house, number, case, one


@pytest.mark.row("SUP-19")
def test_after_a_restore_the_purges_are_done_again(restored):
    house, number, case, one = restored
    assert Arrival.objects.filter(pk=one.pk).exists() and lists.unknown() == [number]
    done = actions.redo_purges(by=system(), now=LATER)
    assert (done.numbers, done.records, done.left) == ((number,), 2, 0)
    case.refresh_from_db()
    assert (case.contact_phone, Arrival.objects.count()) == ("", 0)
    assert verify(number).holds and lists.unknown() == []
    assert actions.redo_purges(by=system(), now=LATER).numbers == ()
    arrival(house.neighbour)
    assert purged(house, "arrivals").ordinal == 2  # the number is not given a second time


def test_a_hold_found_after_the_restore_keeps_its_records_and_the_certificate_says_so(restored):
    house, number, case, _one = restored
    actions.place_hold(actions.NewHold("示例法院协助函", case=case.number), by=house.audit_admin, now=LATER)
    done = actions.redo_purges(by=system(), now=LATER)
    assert (done.records, done.left) == (1, 1)
    case.refresh_from_db()
    assert case.contact_phone and not verify(number).holds


def test_a_list_that_was_changed_is_not_carried_out(restored):
    house, _number, _case, one = restored
    path = next(lists.kept(lists.folder()))
    told = json.loads(path.read_text(encoding="utf-8"))
    other = closed_case(house, "不在清册上的事项")
    told["lines"][0]["keys"].append(other.pk)
    path.chmod(0o600)
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(Invalid, match="摘要不符"):
        actions.redo_purges(by=system(), now=LATER)
    assert Arrival.objects.filter(pk=one.pk).exists()
