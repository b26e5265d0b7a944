"""Controls on the ledger's clocks and steps: each rung once, each step once, each number once, each case held while it is written."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError

from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said, step_case, sweep_clocks
from songda.ledger.cases.actions.numbers import next_number
from songda.ledger.cases.models import Alert, Case, CaseClock, CaseStep, Counter
from songda.ledger.cases.queries.readings import Filed, file_of
from songda.ledger.cases.tests.ground import DAY, HOUR, anybody, demand, lay, walk
from songda.registry.people.tests.cast import DAY as TODAY
from songda.registry.people.tests.cast import NOW, assemble
from tests.controls.opened import triggers_off
from tests.controls.rebuilt import constraint_off

pytestmark = pytest.mark.django_db(transaction=True)
sweeping = import_module("songda.ledger.cases.actions.sweep_clocks")
mover = import_module("songda.ledger.cases.actions.step_case")
AWAY = NOW + 8 * DAY


@pytest.fixture
def case():
    cast = assemble()
    lay()
    return walk(demand(cast), "assign", "take", "contact")


def blind(case_ids):
    """The files as they were before any rung was climbed."""
    return [replace(filed, climbed=frozenset()) for filed in file_of(case_ids)]


def test_a_second_sweeper_that_saw_nothing_climbed_climbs_nothing(case, monkeypatch):
    sweep_clocks(now=AWAY)
    count = Alert.objects.count()
    monkeypatch.setattr(sweeping, "file_of", blind)  # it looked before the first had written
    CaseClock.objects.filter(case=case).update(wake_at=AWAY)
    assert sweep_clocks(now=AWAY).climbed == 0
    with constraint_off(Alert, "rung_climbed_once"):
        CaseClock.objects.filter(case=case).update(wake_at=AWAY)
        assert sweep_clocks(now=AWAY).climbed == count
        assert Alert.objects.count() == 2 * count, "without the constraint every level is climbed twice"
        Alert.objects.all().delete()


def test_a_climbed_rung_is_not_owed_and_would_be_without_the_look(case, monkeypatch):
    """The look spares work; the constraint is what holds. Both are shown: with neither, the rungs double (above)."""
    sweep_clocks(now=AWAY)
    recipients = []
    told = sweeping.recipient
    monkeypatch.setattr(sweeping, "recipient", lambda found, to: recipients.append(to) or told(found, to))
    CaseClock.objects.filter(case=case).update(wake_at=AWAY)
    sweep_clocks(now=AWAY)
    assert recipients == []
    monkeypatch.setattr(sweeping, "file_of", blind)
    CaseClock.objects.filter(case=case).update(wake_at=AWAY)
    sweep_clocks(now=AWAY)
    assert recipients != []


def test_a_step_in_between_is_never_overwritten_and_would_be_without_the_hold(case, monkeypatch):
    def overtaken(case_ids):
        read = file_of(case_ids)
        for pk in case_ids:
            step_case(pk, "propose", by=anybody(), now=AWAY)
        return read

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "file_of", overtaken)
        assert sweep_clocks(now=AWAY).climbed == 0
    assert case.clocks.get(code="resolve").standing == "stopped"
    monkeypatch.setattr(sweeping, "hold", lambda found: True)
    step_case(case.pk, "object", by=anybody(), now=AWAY)
    monkeypatch.setattr(sweeping, "file_of", overtaken)
    sweep_clocks(now=AWAY + 20 * DAY)
    assert case.clocks.get(code="resolve").standing == "running", "what the sweeper read before the step was written after it"


def test_a_sleeping_clock_is_not_looked_at_and_a_missing_wake_is_found_by_the_proof(case):
    CaseClock.objects.filter(case=case).update(wake_at=None)
    assert sweep_clocks(now=AWAY).looked == 0
    import_module("songda.ledger.cases.jobs").actions.verify_clocks(now=AWAY)
    assert sweep_clocks(now=AWAY).climbed > 0


def test_without_putting_off_a_bad_row_is_looked_at_first_for_ever(case, monkeypatch):
    def poisoned(filed, calendar):
        raise ValueError("坏")

    monkeypatch.setattr(Filed, "told", poisoned)
    assert [sweep_clocks(now=AWAY, limit=1).looked for _ in range(2)] == [1, 0]
    CaseClock.objects.filter(case=case).update(wake_at=AWAY)
    monkeypatch.setattr(sweeping, "postpone", lambda *given: None)
    assert [sweep_clocks(now=AWAY, limit=1).looked for _ in range(2)] == [1, 1]


def test_without_the_version_the_second_of_two_overwrites_the_first(case, monkeypatch):
    seen = case.version
    step_case(case.pk, "progress", Said(version=seen), by=anybody("示例甲"), now=NOW + DAY)
    with pytest.raises(Conflict):
        step_case(case.pk, "pause", Said(version=seen), by=anybody("示例乙"), now=NOW + DAY)
    move = mover.move
    monkeypatch.setattr(
        mover, "move", lambda machine, thing, name, only, /, **changes: move(machine, thing, name, None, **changes)
    )
    with pytest.raises(IntegrityError):  # the order of steps still holds
        step_case(case.pk, "pause", Said(version=seen), by=anybody("示例乙"), now=NOW + DAY)
    with constraint_off(CaseStep, "case_step_in_order"):
        step_case(case.pk, "pause", Said(version=seen), by=anybody("示例乙"), now=NOW + DAY)
        case.refresh_from_db()
        assert (case.state, case.version) == ("paused", seen + 1)
        assert case.steps.filter(seq=seen + 1).count() == 2, "two steps stand at one place of the order"
        Case.objects.filter(pk=case.pk).update(version=0)
        _forget(case)


def _forget(case):
    """Steps are append-only: the doubled ones go with the triggers off, so that the constraint can come back."""
    with triggers_off():
        CaseStep.objects.filter(case=case)._raw_delete("default")


def test_a_step_before_the_last_one_would_turn_the_order(case, monkeypatch):
    step_case(case.pk, "pause", by=anybody(), now=NOW + DAY)
    step_case(case.pk, "resume", by=anybody(), now=NOW + HOUR * 4)
    assert case.clocks.get(code="resolve").standing == "running"
    step_case(case.pk, "pause", by=anybody(), now=NOW + 2 * DAY)
    monkeypatch.setattr(mover, "max", lambda now, moved: now, raising=False)
    step_case(case.pk, "resume", by=anybody(), now=NOW + HOUR * 4)
    assert case.clocks.get(code="resolve").standing == "paused", "a resume that lies before its pause resumes nothing"


def test_numbers_rise_and_would_repeat_without_the_counter(case, monkeypatch):
    assert next_number("GX", TODAY) == "GX2020-000001"
    assert next_number("GX", TODAY) == "GX2020-000002"
    Counter.objects.filter(series="GX2020").delete()
    assert next_number("GX", TODAY) == "GX2020-000001"
    copy = Case.objects.get(pk=case.pk)
    copy.pk, copy.request_key = None, None
    with pytest.raises(IntegrityError):  # and then the number's own index refuses it
        copy.save(force_insert=True)
