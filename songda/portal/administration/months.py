"""A year as a grid of months, and days as edits of the calendar's file."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from songda.portal.administration.viewing import value_of
from songda.portal.packs.editing import Edit, mark_of
from songda.portal.packs.entries import Entry
from songda.portal.packs.sections import Data
from songda.registry.calendars.models import SpecialDay
from songda.registry.calendars.rules import WEEK, Announced
from songda.registry.campaigns.actions import EntryChange


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the grid; `day` None for the blanks before the first and after the last. `special`: what sets it apart."""

    day: dt.date | None
    works: bool
    special: SpecialDay | None
    today: bool

    @property
    def entry(self) -> str:
        """The name of the day's entry."""
        return day_entry(self.day.isoformat()) if self.day else ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday, with its number of working days."""

    number: int
    weeks: tuple[tuple[Cell, ...], ...]
    worked: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A day before and after, as the file says it; empty for one that follows its week."""

    day: dt.date
    week: str
    before: Data
    after: Data


def months_of(year: int, days: Mapping[dt.date, SpecialDay], today: dt.date) -> list[Month]:
    """The twelve months of a year."""
    return [_month(year, number, days, today) for number in range(1, 13)]


def day_entry(day: str) -> str:
    """The name of a day's entry."""
    return f"days.{day}"


def edits_of(days: Iterable[Announced], standing: Mapping[str, Entry]) -> list[Edit]:
    """The days that the calendar does not hold so yet, as edits."""
    edits = []
    for one in days:
        name = day_entry(one.day.isoformat())
        value = {"day": one.day.isoformat(), "working": one.working, "name": one.name}
        known = standing.get(name)
        if known is None or known.value != value:
            edits.append(Edit(name, value, mark_of(known)))
    return edits


def days_of(changes: Iterable[EntryChange]) -> list[Moved]:
    """The changes of days, as a table; none where something else of the calendar's file changes."""
    moved = []
    for one in changes:
        part, _dot, day = one.entry.partition(".")
        if part != "days" or not day:
            return []
        on = dt.date.fromisoformat(day)
        moved.append(Moved(on, WEEK[on.weekday()], *(value_of(text) or {} for text in (one.before, one.after))))
    return moved


def _month(year: int, number: int, days: Mapping[dt.date, SpecialDay], today: dt.date) -> Month:
    weeks = tuple(
        tuple(_cell(day if day.month == number else None, days, today) for day in week)
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    return Month(number, weeks, sum(cell.works for week in weeks for cell in week))


def _cell(day: dt.date | None, days: Mapping[dt.date, SpecialDay], today: dt.date) -> Cell:
    special = days.get(day) if day else None
    works = day is not None and (special.working if special else day.weekday() < 5)
    return Cell(day, works, special, day == today)
