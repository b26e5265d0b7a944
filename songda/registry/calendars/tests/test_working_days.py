from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid
from songda.registry.actors import system
from songda.registry.calendars import queries
from songda.registry.calendars.actions import Special, load_days
from songda.registry.calendars.models import SpecialDay
from songda.registry.calendars.tests.years import enter_year

NOW = dt.datetime(2020, 3, 1, 1, tzinfo=dt.UTC)
day = dt.date.fromisoformat
# 劳动节 2020: five days off, and two Saturdays and Sundays worked in exchange.
MAY = [
    Special(day("2020-04-26"), True, "劳动节"),
    *(Special(day(f"2020-05-0{n}"), False, "劳动节") for n in range(1, 6)),
    Special(day("2020-05-09"), True, "劳动节"),
]

pytestmark = pytest.mark.django_db


def load(days):
    return load_days(days, by=system(), now=NOW)


def test_days_worked_in_exchange_and_days_off():
    load(MAY)
    assert not queries.is_working(day("2020-05-04"))  # a Monday
    assert queries.is_working(day("2020-05-09"))  # a Saturday
    assert not queries.is_working(day("2020-05-10"))
    assert queries.is_working(day("2020-05-06"))
    assert len(queries.working_days(day("2020-04-26"), day("2020-05-10"))) == 9


def test_the_calendar_is_read_once_until_somebody_changes_it(django_assert_num_queries):
    load(MAY)
    known = queries.calendar()
    with django_assert_num_queries(1):
        assert queries.calendar() is known
    load([Special(day("2020-05-09"), False, "劳动节")])
    moved = queries.calendar()
    assert not moved.works(day("2020-05-09"))
    SpecialDay.objects.filter(day=day("2020-05-09")).update(working=True)
    assert queries.calendar().works(day("2020-05-09"))
    SpecialDay.objects.all().delete()
    assert not queries.calendar().special


def test_the_nth_working_day_after():
    load(MAY)
    assert queries.working_day_after(day("2020-04-30"), 1) == day("2020-05-06")
    assert queries.working_day_after(day("2020-04-30"), 4) == day("2020-05-09")


def test_loading_again_changes_nothing_and_a_moved_day_is_replaced():
    assert load(MAY) == 7
    assert load(MAY) == 0
    assert load([Special(day("2020-05-09"), False, "劳动节")]) == 1
    assert not queries.is_working(day("2020-05-09"))
    assert AuditEntry.objects.count() == 8
    assert AuditEntry.objects.last().before == {"working": True, "name": "劳动节"}


def test_a_day_needs_a_name_and_missing_years_are_told():
    with pytest.raises(Invalid):
        load([Special(day("2020-01-01"), False, "")])
    enter_year(2020)
    assert queries.unannounced_years(2019, 2021) == (2019, 2021)


def test_a_year_of_which_half_is_loaded_is_owed_and_its_deadlines_are_provisional():
    enter_year(2020)
    assert queries.owed_year(day("2020-10-31")) is None and queries.owed_year(day("2020-11-01")) == 2021
    SpecialDay.objects.filter(working=True).delete()
    assert queries.owed_year(day("2020-10-31")) == 2020 and queries.lacking_of(2020) == ("调休上班日",)
    assert not queries.calendar().announced(2020)
