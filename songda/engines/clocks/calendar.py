"""The working calendar 工作日历 as clocks see it: which days are worked, at which hours, and which years are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from songda.engines.clocks.announced import lacking

ONE_DAY = dt.timedelta(days=1)
ONE_TICK = dt.timedelta(microseconds=1)
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Special days (holidays False 放假, exchanged working days True 调休上班); other days follow their week.

    `zone` is the place's own time: one without summer time, as everywhere in China since 1992 (sums are made on its wall clock).
    `names` says why a day is special (春节). `years` are those whose special days are there whole; the others are unannounced.
    """

    zone: dt.tzinfo
    special: Mapping[dt.date, bool] = field(default_factory=dict, repr=False)
    names: Mapping[dt.date, str] = field(default_factory=dict, repr=False)
    years: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        begun = {day.year for day in self.special}
        object.__setattr__(self, "years", frozenset(year for year in begun if not self.lacks(year)))

    def works(self, day: dt.date) -> bool:
        """Whether offices work on a day."""
        return self.special.get(day, day.weekday() < 5)

    def rest(self, day: dt.date) -> str:
        """What a day off is called: its festival, else the week's end."""
        return self.names.get(day, "周末")

    def announced(self, year: int) -> bool:
        """Whether the holidays of a year are loaded whole; a deadline in a year that is not is provisional."""
        return year in self.years

    def lacks(self, year: int) -> tuple[str, ...]:
        """The festivals, and the weekends worked in exchange, that are not loaded for a year."""
        return lacking(year, self.special, self.names)

    def local(self, at: dt.datetime) -> dt.datetime:
        """The moment on the place's own clock."""
        return at.astimezone(self.zone)

    def at(self, day: dt.date, time: dt.time) -> dt.datetime:
        """A moment of a day in the place's own time."""
        return dt.datetime.combine(day, time, self.zone)

    def midnight_after(self, day: dt.date) -> dt.datetime:
        """24:00 of a day."""
        return dt.datetime.combine(day + ONE_DAY, dt.time(), self.zone)

    def day_of_deadline(self, due: dt.datetime) -> dt.date:
        """The day a deadline belongs to: 24:00 is the end of its day, not the beginning of the next."""
        return (self.local(due) - ONE_TICK).date()


@dataclass(frozen=True, slots=True)
class Desk:
    """The hours of a desk 值守: spans of each day it is open, in order. `every_day` is the 5+2 desk, open on holidays too.

    What comes in after `cutoff` counts as come in when the desk next opens (None: its closing hour is the cut-off).
    """

    hours: tuple[tuple[dt.time, dt.time], ...] = ((dt.time(8, 30), dt.time(12)), (dt.time(14), dt.time(17, 30)))
    every_day: bool = False
    cutoff: dt.time | None = None

    def __post_init__(self) -> None:
        edges = [edge for span in self.hours for edge in span]
        if not edges or edges != sorted(set(edges)):
            raise ValueError("值守时段应按先后排列，互不重叠，且至少一段。")

    def opens_on(self, day: dt.date, calendar: Calendar) -> bool:
        """Whether the desk is open on a day."""
        return self.every_day or calendar.works(day)

    def spans_on(self, day: dt.date, calendar: Calendar) -> Iterator[Span]:
        """The spans of a day in which the desk is open; none on a day off."""
        if self.opens_on(day, calendar):
            for first, last in self.hours:
                yield calendar.at(day, first), calendar.at(day, last)

    def opens_at(self, day: dt.date, calendar: Calendar) -> dt.datetime:
        """The opening moment of a day."""
        return calendar.at(day, self.hours[0][0])

    def closes_at(self, day: dt.date, calendar: Calendar) -> dt.datetime:
        """The closing moment of a day."""
        return calendar.at(day, self.hours[-1][1])

    def received_at(self, at: dt.datetime, calendar: Calendar) -> dt.datetime:
        """When what came in at a moment counts as received: at once until the cut-off, else when the desk next opens."""
        local = calendar.local(at)
        day = local.date()
        latest = calendar.at(day, self.cutoff) if self.cutoff else self.closes_at(day, calendar)
        if self.opens_on(day, calendar) and local <= latest:
            return max(local, self.opens_at(day, calendar))
        day += ONE_DAY
        while not self.opens_on(day, calendar):
            day += ONE_DAY
        return self.opens_at(day, calendar)
