"""A year is announced when its notice is loaded whole."""

from __future__ import annotations

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.tests.china import ZONE, calendar


def without(year, gone):
    whole = calendar()
    special = {
        day: works for day, works in whole.special.items() if day.year != year or not gone(whole.names.get(day, ""), works)
    }
    return Calendar(ZONE, special, whole.names)


def test_every_year_of_the_bundled_calendar_is_whole_and_no_other():
    assert calendar().years == set(range(2004, 2027))


def test_a_year_without_one_festival_or_without_weekends_in_exchange_is_not_announced():
    for festival in ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"):
        half = without(2025, lambda name, _works, gone=festival: name == gone)
        assert not half.announced(2025) and half.announced(2026) and half.lacks(2025) == (festival,)
    half = without(2026, lambda _name, works: works)
    assert not half.announced(2026) and half.lacks(2026) == ("调休上班日",)
    assert len(half.lacks(2027)) == 8 and half.lacks(2007) == ()


def test_a_mid_autumn_that_falls_into_the_national_days_needs_no_day_of_its_own():
    assert "中秋节" not in {name for day, name in calendar().names.items() if day.year == 2020}
    assert calendar().announced(2020)
