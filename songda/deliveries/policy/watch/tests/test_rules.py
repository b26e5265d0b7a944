"""Limits and spans."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.watch.rules.limits import DEFAULT, LimitsFaultError, limits_of
from songda.deliveries.policy.watch.rules.spans import median_of, threshold
from songda.deliveries.policy.watch.states import ARRIVAL, BID

DIGEST, PUSH = DEFAULT["clocks"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"clocks": [DIGEST], "reminders": [3]},
        {"clocks": [{**DIGEST, "amount": 31}, PUSH], "reminders": [3]},
        {"clocks": [{**DIGEST, "count": "months"}, PUSH], "reminders": [3]},
        {"clocks": [DIGEST, PUSH, {**PUSH, "code": "other"}], "reminders": [3]},
        {"clocks": [DIGEST, PUSH], "reminders": []},
        {"clocks": [DIGEST, PUSH], "reminders": [0]},
    ],
)
def test_limits_are_set_not_taken_away(wrong):
    with pytest.raises(LimitsFaultError):
        limits_of(wrong)


def test_limits_as_declared():
    found = limits_of({**DEFAULT, "reminders": [1, 10, 3, 3]})
    assert found.reminders == (10, 3, 1)
    assert str(found.clocks["digest"].length) == "3个工作日"


@pytest.mark.parametrize(("days", "median"), [([], ""), ([4], "4"), ([1, 4], "2.5"), ([1, 3], "2"), ([9, 1, 2], "2")])
def test_the_median_is_exact(days, median):
    assert median_of(days) == median


@pytest.mark.parametrize(("left", "due"), [(11, None), (10, 10), (9, 10), (3, 3), (2, 3), (0, 1), (-1, None)])
def test_which_reminder_is_due(left, due):
    assert threshold(left, (10, 3, 1)) == due


def test_the_machines_lead_to_rest():
    assert {step.target for step in ARRIVAL.steps} == {"summarised", "pushed", "set_aside", "received"}
    assert {step.target for step in BID.steps} == set(BID.states) - {"planned"}
