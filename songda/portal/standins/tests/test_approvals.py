"""The approval system's stand-in over real HTTP: a day fetched, kept once, applied; a replay changes nothing (SUP-05)."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest

from songda.kernel.errors import Unavailable
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.mirrors import actions
from songda.ledger.mirrors.jobs import pull
from songda.ledger.mirrors.models import Message, Reference
from songda.ledger.mirrors.tests.ground import lay
from songda.portal.standins.approvals import a_day, approving
from songda.registry.people.tests.cast import DAY, NOW

pytestmark = pytest.mark.row("SUP-05")


@pytest.fixture
def line(cast, settings, tmp_path):
    lay(cast)
    settings.SYSTEMS_FILE = tmp_path / "systems.json"
    with approving({DAY.isoformat(): a_day(DAY)}) as server:
        account = {"base_url": server.address, "application": "songda", "signing": server.signing}
        settings.SYSTEMS_FILE.write_text(json.dumps({"approval": account}), encoding="utf-8")
        yield server


def states() -> list[tuple[str, str]]:
    return sorted(Case.objects.filter(kind__kind__code="external").values_list("title", "state"))


def test_a_day_is_fetched_once_and_its_replay_changes_nothing(line):
    first = actions.pull_day("approval", DAY, now=NOW)
    actions.apply_waiting("approval", now=NOW)
    seen, steps = states(), CaseStep.objects.count()
    assert (first.new, first.known, len(seen)) == (len(a_day(DAY)), 0, 8)
    assert [state for _title, state in seen] == ["done", "done", "cancelled", "accepted"] * 2
    again = actions.pull_day("approval", DAY, now=NOW + dt.timedelta(hours=1))
    actions.apply_waiting("approval", now=NOW + dt.timedelta(hours=1))
    assert (again.new, again.known, again.altered) == (0, first.new, 0)
    assert (states(), CaseStep.objects.count()) == (seen, steps)


def test_what_is_not_signed_well_is_not_read(line):
    line.spoilt = True
    with pytest.raises(Unavailable, match="签名不符"):
        actions.pull_day("approval", DAY, now=NOW)
    line.spoilt, line.signing = False, "another"
    with pytest.raises(Unavailable, match="403"):
        actions.pull_day("approval", DAY, now=NOW)
    assert not Message.objects.exists()


def test_the_job_asks_and_applies_and_a_system_that_is_down_stops_nothing(line, settings, monkeypatch):
    monkeypatch.setattr("songda.kernel.clock.now", lambda: NOW)
    told = json.loads(settings.SYSTEMS_FILE.read_text(encoding="utf-8"))
    dead = {"service-net": {"base_url": "http://127.0.0.1:9", "signing": "x"}}
    settings.SYSTEMS_FILE.write_text(json.dumps({**dead, **told}), encoding="utf-8")
    assert pull.call() == len(a_day(DAY))
    assert len(states()) == 8


@pytest.mark.parametrize("seed", range(4))
def test_the_same_states_in_whatever_order_and_however_often_they_come(cast, seed):
    lay(cast)
    day = a_day(DAY, 4)
    expected = {
        "GC20200310-000": ("granted", "done"), "GC20200310-001": ("refused", "done"),
        "GC20200310-002": ("withdrawn", "cancelled"), "GC20200310-003": ("reviewing", "accepted"),
    }  # fmt: skip
    dice = random.Random(seed)
    sent = dice.sample(day, len(day)) + dice.sample(day, 5)
    while sent:  # in bunches, each applied before the next arrives
        size = dice.randint(1, 6)
        actions.receive_messages("approval", sent[:size], now=NOW)
        actions.apply_waiting("approval", now=NOW)
        sent = sent[size:]
    heard = Reference.objects.select_related("case")
    assert {one.number: (one.state, one.case.state) for one in heard} == expected
    assert Message.objects.count() == len(day)
    assert len(states()) == 4
