"""Calendar arithmetic 期限: when a period after a day has run, and which days lie a period back.

Months and years are calendar periods and never become days: 2020-01-31 + 1个月 = 2020-02-29. 工作日 needs a calendar of
holidays, which a rule does not have: it is refused here and by the checker.
"""

from __future__ import annotations

import calendar
import datetime as dt

from songda.engines.rules.tree import PeriodUnit

_MONTHS = {"年": 12, "个月": 1}
EPOCH = dt.date(1970, 1, 1)


def arrive(day: dt.date, count: int, period: PeriodUnit) -> dt.date:
    """The day `count` periods after `day`; a missing day of the month becomes its last one. Beyond year 9999: 9999-12-31."""
    if period in _MONTHS:
        return _shift(day, count * _MONTHS[period])
    _refuse_workdays(period)
    return dt.date.fromordinal(min(max(day.toordinal() + count, 1), dt.date.max.toordinal()))


def latest_start(on: dt.date, count: int, period: PeriodUnit) -> dt.date:
    """The latest day whose period has run by `on`: `arrive(d, count, period) <= on` exactly for every d up to it.

    latest_start(2020-02-29, 1, 个月) = 2020-01-31, since the 29th, 30th and 31st all arrive on 02-29.
    """
    if period in _MONTHS:
        start = _shift(on, -count * _MONTHS[period])
        closes_month = on.day == calendar.monthrange(on.year, on.month)[1]
        return start.replace(day=calendar.monthrange(start.year, start.month)[1]) if closes_month else start
    _refuse_workdays(period)
    return dt.date.fromordinal(max(on.toordinal() - count, 1))


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01, as stored in columns."""
    return (day - EPOCH).days


def spell_day(day: dt.date) -> str:
    """2020年3月17日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _shift(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 + months
    if index < 12:
        return dt.date.min
    if index >= (dt.MAXYEAR + 1) * 12:
        return dt.date.max
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _refuse_workdays(period: PeriodUnit) -> None:
    if period == "工作日":
        raise ValueError("规则里不能用「工作日」计期限：规则不带节假日历，请改用 天")
