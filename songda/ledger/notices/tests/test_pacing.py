"""Quiet hours, the minute's allowance and the end of a queue, as numbers."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from songda.ledger.notices.rules.outcomes import (
    FOR_EVER,
    Fate,
    Look,
    Outcome,
    Promise,
    Sight,
    after,
    after_look,
    after_lost_worker,
)
from songda.ledger.notices.rules.pacing import CYCLE, MINUTE, Quiet, allowance, cap_ends, drained_at, recent
from songda.ledger.notices.states import Lane

PLACE = ZoneInfo("Asia/Shanghai")
NIGHT = Quiet(dt.time(21), dt.time(8), PLACE)
NOON = Quiet(dt.time(12), dt.time(14), PLACE)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2020, 3, day, hour, minute, tzinfo=PLACE)


@pytest.mark.parametrize(
    ("quiet", "moment", "ends"),
    [
        (NIGHT, at(1, 20, 59), None), (NIGHT, at(1, 21), at(2, 8)), (NIGHT, at(2, 7, 59), at(2, 8)), (NIGHT, at(2, 8), None),
        (NOON, at(1, 11, 59), None), (NOON, at(1, 12), at(1, 14)), (NOON, at(1, 14), None), (NOON, at(1, 23), None),
    ],
)  # fmt: skip
def test_quiet_hours_end(quiet, moment, ends):
    assert quiet.ends_at(moment) == ends


@pytest.mark.parametrize(("per_minute", "bulk"), [(0, 0), (1, 1), (2, 1), (20, 18), (600, 540)])
def test_the_bulk_leaves_a_tenth_of_the_minute(per_minute, bulk):
    assert (allowance(per_minute, Lane.BULK), allowance(per_minute, Lane.URGENT)) == (bulk, per_minute)


def test_a_second_counts_for_a_whole_minute():
    now = at(1, 9)
    spent = {str(int((now - dt.timedelta(seconds=seconds)).timestamp())): seconds for seconds in (0, 59, 60, 61)}
    assert sorted(recent(spent, now).values()) == [0, 59, 60]


def test_a_cap_ends_a_week_after_the_message_that_filled_it():
    begun = [at(1, 9), at(3, 9), at(4, 9)]
    assert cap_ends(begun, 3, at(5, 9)) == at(8, 9)
    assert cap_ends(begun, 2, at(5, 9)) == at(10, 9)
    assert cap_ends(begun, 4, at(5, 9)) is None
    assert cap_ends(begun, 3, at(8, 9)) is None
    assert cap_ends(begun, 0, at(5, 9)) is None


def test_the_whole_city_through_a_limit_of_six_hundred():
    # 26,940 at 540 a minute: 50 cycles, within the day from nine o'clock
    assert drained_at(at(1, 9), 26_940, 600, NIGHT) == at(1, 9) + 49 * CYCLE + MINUTE
    # at 18 a minute 1,497 cycles: 25 hours 47 minutes of open time, 13 hours a day
    slow = drained_at(at(1, 9), 26_940, 20, NIGHT)
    assert dt.timedelta(hours=25, minutes=46, seconds=52) == (1496 * CYCLE + MINUTE)
    assert slow == at(3, 8) + (1496 * CYCLE + MINUTE) - dt.timedelta(hours=12 + 13)
    assert drained_at(at(1, 22), 1, 600, NIGHT) == at(2, 8) + MINUTE


@pytest.mark.parametrize(
    ("promise", "step", "held"),
    [(Promise(FOR_EVER), "retry", "doubt"), (Promise(can_be_asked=True), "lose", "ask"), (Promise(), "lose", "")],
)
def test_silence_is_repeated_asked_about_or_left_to_a_person(promise, step, held):
    move = after(Outcome(Fate.AMBIGUOUS), promise, attempts=1, now=at(1, 9))
    assert (move.step, move.held) == (step, held)
    lost = after_lost_worker(promise, begun_at=at(1, 8), attempts=1, now=at(1, 9))
    assert (lost.step, lost.held) == (step, held)


def test_a_key_that_has_died_is_not_relied_on():
    promise = Promise(dt.timedelta(hours=4))
    assert after_lost_worker(promise, begun_at=at(1, 5, 1), attempts=1, now=at(1, 9)).step == "retry"
    assert after_lost_worker(promise, begun_at=at(1, 5), attempts=1, now=at(1, 9)).step == "lose"


def test_a_message_whose_workers_die_is_put_behind_the_others_and_not_given_up():
    now = at(1, 9)
    waits = [after_lost_worker(Promise(FOR_EVER), begun_at=now, attempts=n, now=now).next_at - now for n in (1, 2, 5, 6, 999)]
    assert [wait // MINUTE for wait in waits] == [1, 2, 16, 16, 16]


@pytest.mark.parametrize(
    ("sight", "unknown", "sent"),
    [
        (Sight.ABSENT, "return", None), (Sight.TAKEN, "send", None), (Sight.DELIVERED, "deliver", "deliver"),
        (Sight.BOUNCED, "fail", "bounce"), (Sight.SILENT, None, None),
    ],
)  # fmt: skip
def test_what_a_platform_says_leads_on(sight, unknown, sent):
    steps = [after_look(Look(sight), unknown=known, now=at(1, 9)) for known in (True, False)]
    assert [step and step.step for step in steps] == [unknown, sent]
