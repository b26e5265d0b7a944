"""Controls of the watch: the ageing alert cannot be switched off, results need evidence, windows close, permissions."""

from __future__ import annotations

import sys

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.watch import actions, queries
from songda.deliveries.policy.watch.actions import Result
from songda.deliveries.policy.watch.models import Arrival, ArrivalTask, Bid, Reminder
from songda.deliveries.policy.watch.rules import limits
from songda.deliveries.policy.watch.tests.arrivals import DIGEST, ONE_DAY, arrive, plan, submitted
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.tests.ground import lay
from songda.registry.people.tests.cast import DAY, NOW
from tests.controls.opened import check_off, unique_off
from tests.controls.rebuilt import constraint_off

LATER = NOW + 9 * ONE_DAY
OFF = {"clocks": [{"code": "digest", "amount": 30, "count": "working_days"}], "reminders": [3]}


@pytest.mark.row("POL-09")
def test_limits_cannot_be_taken_away_and_could_without_the_check(monkeypatch):
    with pytest.raises(limits.LimitsFaultError):
        limits.limits_of(OFF)
    monkeypatch.setattr(limits, "LABELS", {"digest": "梳理时限"})
    assert set(limits.limits_of(OFF).clocks) == {"digest"}


@pytest.mark.row("POL-09")
def test_what_waits_has_a_limit_and_could_be_without_one_without_the_constraint(cast):
    one = arrive(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.filter(pk=one.pk).update(due_at=None)
    with check_off(Arrival, "waiting_has_a_limit"):
        assert Arrival.objects.filter(pk=one.pk).update(due_at=None) == 1
        assert not queries.arrivals_listed(cast.editor, late=True, now=LATER).exists()
        Arrival.objects.filter(pk=one.pk).update(due_at=NOW)


@pytest.mark.row("POL-09")
def test_a_read_reminder_comes_back_and_would_not_if_it_were_one_for_all_days(cast, monkeypatch):
    arrive(cast)
    actions.sweep(now=LATER)
    actions.acknowledge(Reminder.objects.get(post_id=cast.editor.post_id).pk, by=cast.editor, now=LATER)
    module = sys.modules["songda.deliveries.policy.watch.actions.sweep"]
    told = module._tell
    with monkeypatch.context() as patched:
        patched.setattr(module, "_tell", lambda blank, kind, _on, posts, now: told(blank, kind, DAY + 9 * ONE_DAY, posts, now))
        assert actions.sweep(now=LATER + ONE_DAY).reminded == 0
    assert actions.sweep(now=LATER + ONE_DAY).reminded == 2


def remind_twice(cast, one):
    with transaction.atomic():
        for _n in range(2):
            Reminder.objects.create(arrival=one, kind="digest_late", on=DAY, to="none", area_path=one.area_path, at=NOW)
    return Reminder.objects.count()


def test_a_reminder_goes_once_a_day_and_would_twice_without_the_index(cast):
    one = arrive(cast)
    with pytest.raises(IntegrityError):
        remind_twice(cast, one)
    with unique_off(Reminder, "arrival_reminded_once"):
        assert remind_twice(cast, one) == 2


def task_twice(one, case):
    with transaction.atomic():
        for _n in range(2):
            ArrivalTask.objects.create(arrival=one, kind="push", case=case)
    return ArrivalTask.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_task_is_handed_on_once_and_would_be_twice_without_the_index(cast):
    lay()
    one = actions.summarise_arrival(arrive(cast).pk, DIGEST, by=cast.editor, now=NOW, tasks={"decompose": cast.bureau.pk})
    case = one.tasks.get().case
    with pytest.raises(IntegrityError):
        task_twice(one, case)
    with constraint_off(ArrivalTask, "one_task_of_a_kind"):
        assert task_twice(one, case) == 3
        ArrivalTask.objects.filter(kind="push").delete()


@pytest.mark.row("POL-35")
def test_a_result_needs_evidence_and_would_not_without_rule_and_constraint(cast):
    bid = submitted(cast)
    with pytest.raises(Invalid):
        actions.decide_bid(bid.pk, Result(True, DAY, None, 1), by=cast.lead, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bid.objects.filter(pk=bid.pk).update(state="won")
    with check_off(Bid, "bid_result_has_evidence"):
        assert Bid.objects.filter(pk=bid.pk).update(state="won") == 1
        Bid.objects.filter(pk=bid.pk).update(state="submitted")


@pytest.mark.row("POL-35")
def test_a_closed_window_takes_nothing_and_would_if_it_were_open(cast):
    bid = plan(cast, papers=())
    late = NOW + 21 * ONE_DAY
    with pytest.raises(Conflict):
        actions.submit_bid(bid.pk, by=cast.lead, now=late)
    Bid.objects.filter(pk=bid.pk).update(closes_on=DAY + 21 * ONE_DAY)
    assert actions.submit_bid(bid.pk, by=cast.lead, now=late).state == "submitted"


def test_papers_lacking_hold_it_back_and_would_not_once_there(cast):
    bid = plan(cast)
    with pytest.raises(Conflict):
        actions.submit_bid(bid.pk, by=cast.lead, now=NOW)
    actions.tick_paper(bid.papers.get().pk, ready=True, by=cast.lead, now=NOW)
    assert actions.submit_bid(bid.pk, by=cast.lead, now=NOW).state == "submitted"


def test_steps_need_the_permission_and_pass_without_the_look_at_it(cast, monkeypatch):
    one = arrive(cast)
    with pytest.raises(NotPermitted):
        actions.set_aside(one.pk, "不适用", by=cast.desk, now=NOW)
    monkeypatch.setattr(sys.modules["songda.deliveries.policy.watch.access"], "require", lambda *_given: None)
    assert actions.set_aside(one.pk, "不适用", by=cast.desk, now=NOW).state == "set_aside"
