"""A whole year of days off, as short as one may be."""

from __future__ import annotations

import datetime as dt

from songda.registry.calendars.models import SpecialDay

DAYS = {
    (1, 1): "元旦",
    (2, 10): "春节",
    (4, 5): "清明节",
    (5, 1): "劳动节",
    (6, 20): "端午节",
    (9, 20): "中秋节",
    (10, 1): "国庆节",
}


def enter_year(year: int) -> None:
    """One day of each festival, and a Sunday worked in exchange; days that are there stay."""
    for (month, day), name in DAYS.items():
        SpecialDay.objects.get_or_create(day=dt.date(year, month, day), defaults={"working": False, "name": name})
    october = dt.date(year, 10, 8)
    SpecialDay.objects.create(day=october + dt.timedelta(days=6 - october.weekday()), working=True, name="国庆节")
