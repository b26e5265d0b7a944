"""Periods from the calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from songda.office.returns.rules.forms import FormFaultError, form_of
from songda.office.returns.rules.periods import Rate, is_late, periods

ZONE = ZoneInfo("Asia/Shanghai")
DAY = dt.date


def of(**more):
    body = {"code": "x", "label": "示例", "period": "daily", "since": "2020-03-01", "units": ["a"], "lines": [{"indicator": "n"}]}
    return form_of(body | more)


def weekdays(day):
    return day.weekday() < 5


def made(form, since, until):
    return list(periods(form, since, until, works=weekdays, zone=ZONE))


def test_a_daily_form_of_working_days_leaves_the_weekend_out_and_is_due_at_five():
    found = made(of(working_days=True), DAY(2020, 3, 6), DAY(2020, 3, 9))
    assert [one.last for one in found] == [DAY(2020, 3, 6), DAY(2020, 3, 9)]
    assert found[0].due_at == dt.datetime(2020, 3, 6, 9, 0, tzinfo=dt.UTC)
    assert found[0].locks_at - found[0].due_at == dt.timedelta(days=3)


def test_a_weekly_form_ends_on_its_day_and_a_monthly_one_with_the_month():
    weekly = made(of(period="weekly", since="2020-03-02", weekday=4, due_days=1), DAY(2020, 3, 1), DAY(2020, 3, 13))
    assert [(one.first, one.last) for one in weekly] == [
        (DAY(2020, 3, 2), DAY(2020, 3, 5)), (DAY(2020, 3, 6), DAY(2020, 3, 12)), (DAY(2020, 3, 13), DAY(2020, 3, 19)),
    ]  # fmt: skip
    assert weekly[0].due_at == dt.datetime(2020, 3, 6, 9, 0, tzinfo=dt.UTC)
    monthly = made(of(period="monthly", since="2020-02-01"), DAY(2020, 2, 1), DAY(2020, 3, 1))
    assert [one.last for one in monthly] == [DAY(2020, 2, 29), DAY(2020, 3, 31)]


def test_what_is_due_on_a_day_off_is_due_on_the_next_working_day():
    found = made(of(period="monthly", since="2020-02-01", working_days=True), DAY(2020, 2, 1), DAY(2020, 2, 1))
    assert found[0].due_at.date() == DAY(2020, 3, 2)


def test_a_special_form_is_owed_once_and_counts_from_where_it_begins():
    found = made(of(period="once", since="2020-03-18", begins="2020-01-25"), DAY(2020, 1, 1), DAY(2020, 4, 1))
    assert [(one.first, one.last) for one in found] == [(DAY(2020, 1, 25), DAY(2020, 3, 18))]


def test_on_the_stroke_is_in_time_and_rates_add_up():
    stroke = dt.datetime(2020, 3, 9, 9, tzinfo=dt.UTC)
    assert not is_late(stroke, stroke)
    assert is_late(stroke + dt.timedelta(seconds=1), stroke)
    both = Rate(3, 1, 1) + Rate(1, 1, 0)
    assert (both.received, both.missing) == (3, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "hourly"}, {"cutoff": 25}, {"units": []}, {"period": "once", "until": "2020-04-01"}, {"begins": "2020-01-01"},
        {"lines": [{"indicator": "n"}, {"indicator": "n"}]},
        {"rules": [{"code": "r", "label": "r", "instruction": "x", "at": "m", "text": "n = 1"}]},
        {"rules": [{"code": "r", "label": "r", "instruction": "x", "at": "n", "kind": "children"}]},
    ],
)  # fmt: skip
def test_a_form_that_does_not_hold_together_is_refused(wrong):
    with pytest.raises(FormFaultError):
        of(**wrong)
