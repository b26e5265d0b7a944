"""Where counting takes place 计时的场地: the calendar, the desk, and what stands still. Says of each day why it does not count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.clocks.calendar import Calendar, Desk, Span
from songda.engines.clocks.definition import Count, Exemption
from songda.engines.clocks.events import Pause

FURTHEST = 20_000  # days; a calendar on which nothing ever counts ends here instead of hanging


class NeverError(ValueError):
    """The length is never used up on this calendar."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day, or the part of it, that did not count, and why."""

    day: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The calendar, the desk, and what stands still. `rolls`: a natural period's last day moves off a day off."""

    calendar: Calendar
    desk: Desk
    exempt: tuple[Exemption, ...] = ()
    pauses: tuple[Pause, ...] = ()
    rolls: bool = True

    def day_off(self, day: dt.date, *, working: bool) -> str:
        """Why a whole day does not count; empty where it does. A day counts unless the clock stands still at its close."""
        return self.exempted(day) or self._paused(day, working=working) or self._closed(day, working=working)

    def exempted(self, day: dt.date) -> str:
        """The reason of the window a day lies in."""
        return next((window.reason for window in self.exempt if window.first <= day <= window.last), "")

    def close_of(self, day: dt.date, *, working: bool) -> dt.datetime:
        """When a counted day is over: the desk's closing hour for working days, 24:00 for natural ones."""
        return self.desk.closes_at(day, self.calendar) if working else self.calendar.midnight_after(day)

    def open_of(self, day: dt.date, *, working: bool) -> dt.datetime:
        """When a counted day begins: the desk's opening hour for working days, 0:00 for natural ones."""
        return self.desk.opens_at(day, self.calendar) if working else self.calendar.at(day, dt.time())

    def hours_off(self, day: dt.date, count: Count) -> str:
        """Why no hour of a day counts, pauses apart."""
        return self.exempted(day) or self._closed(day, working=count is Count.WORKING_HOURS)

    def open_spans(self, day: dt.date, count: Count) -> Iterator[Span]:
        """The spans of a day whose hours count: the desk's or the whole day, without the pauses."""
        if self.hours_off(day, count):
            return
        whole = (self.calendar.at(day, dt.time()), self.calendar.midnight_after(day))
        for span in self.desk.spans_on(day, self.calendar) if count is Count.WORKING_HOURS else (whole,):
            yield from without(span, self.pauses)

    def _closed(self, day: dt.date, *, working: bool) -> str:
        shut = working and not self.desk.opens_on(day, self.calendar)
        return self.calendar.rest(day) if shut else ""

    def _paused(self, day: dt.date, *, working: bool) -> str:
        if not self.pauses:
            return ""
        close = self.close_of(day, working=working)
        for pause in self.pauses:
            if pause.since < close and (pause.until is None or pause.until >= close):
                return f"暂停：{pause.reason}" if pause.reason else "暂停"
        return ""


def without(span: Span, pauses: tuple[Pause, ...]) -> Iterator[Span]:
    """The parts of a span outside the pauses, which are in order and do not overlap."""
    first, last = span
    for pause in pauses:
        if pause.until is not None and pause.until <= first:
            continue
        if pause.since >= last:
            break
        if pause.since > first:
            yield first, pause.since
        if pause.until is None:
            return
        first = max(first, pause.until)
    if first < last:
        yield first, last
