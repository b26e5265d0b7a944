"""Reads of the calendar. A day without a word of its own follows its week: Monday to Friday are worked."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Sum
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from songda.engines.clocks.calendar import Calendar
from songda.kernel.errors import Unavailable
from songda.registry.calendars.models import SpecialDay

__all__ = [
    "calendar",
    "days_of_year",
    "is_working",
    "lacking_of",
    "owed_year",
    "unannounced_years",
    "working_day_after",
    "working_days",
]


ANNOUNCED_FROM = 11  # month; the notice of next year's days off comes between October and December
_KNOWN: dict[tuple[int, int], Calendar] = {}


def calendar() -> Calendar:
    """The whole calendar as the clocks engine takes it, on the place's own time.

    One short query as long as no process changes a day: every step of the ledger asks. The same object until then.
    """
    seen = SpecialDay.objects.aggregate(count=Count("pk"), total=Sum("mark"))
    version = (seen["count"], int(seen["total"] or 0))
    if version not in _KNOWN:
        found = _read()
        _KNOWN.clear()
        _KNOWN[version] = found
    return _KNOWN[version]


def _read() -> Calendar:
    rows = list(SpecialDay.objects.values_list("day", "working", "name"))
    special = {day: working for day, working, _name in rows}
    return Calendar(get_default_timezone(), special, {day: name for day, working, name in rows if not working})


def is_working(day: dt.date) -> bool:
    """Whether offices work on a day."""
    found = SpecialDay.objects.filter(day=day).values_list("working", flat=True).first()
    return day.weekday() < 5 if found is None else bool(found)


def working_days(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Every working day from `first` to `last`, both included: the table that clocks count on (one query)."""
    special = dict(SpecialDay.objects.filter(day__range=(first, last)).values_list("day", "working"))
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if special.get(day, day.weekday() < 5))


def working_day_after(day: dt.date, count: int) -> dt.date:
    """The day `count` working days after `day` (`day` itself is not counted); Unavailable where no year has so many."""
    found = working_days(day + dt.timedelta(days=1), day + dt.timedelta(days=count * 2 + 60))
    if not 0 < count <= len(found):
        raise Unavailable(_("工作日历不足以推算%(count)d个工作日。") % {"count": count})
    return found[count - 1]


def unannounced_years(first: int, last: int) -> tuple[int, ...]:
    """Years of the range whose special days are not loaded, or not whole: every due date in them is provisional."""
    known = calendar()
    return tuple(year for year in range(first, last + 1) if not known.announced(year))


def lacking_of(year: int) -> tuple[str, ...]:
    """What is not loaded of a year's days off: festivals, and weekends worked in exchange; all of them where nothing is."""
    return calendar().lacks(year)


def owed_year(on: dt.date) -> int | None:
    """The year whose days off somebody should enter, or complete, by now: this one, from November on the next; None where all is there."""
    last = on.year + (on.month >= ANNOUNCED_FROM)
    return next(iter(unannounced_years(on.year, last)), None)


def days_of_year(year: int) -> dict[dt.date, SpecialDay]:
    """The special days of a year."""
    return {one.day: one for one in SpecialDay.objects.filter(day__year=year).order_by("day")}
