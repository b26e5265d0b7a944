"""Generated clocks, event histories and calendars, 2004–2026."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from songda.engines.clocks.calendar import Calendar, Desk
from songda.engines.clocks.definition import Count, Definition, Exemption, Length
from songda.engines.clocks.events import Event
from songda.engines.clocks.tests.china import FIVE_AND_TWO, ZONE
from songda.engines.clocks.tests.china import calendar as announced

FIRST, LAST = dt.date(2004, 1, 1), dt.date(2026, 12, 31)
DESKS = (Desk(), Desk(cutoff=dt.time(17)), FIVE_AND_TWO, Desk(hours=((dt.time(9), dt.time(18)),)))
MOST = {Count.HOURS: 200, Count.WORKING_HOURS: 60, Count.DAYS: 60, Count.WORKING_DAYS: 40, Count.MONTHS: 6}


def days() -> st.SearchStrategy[dt.date]:
    return st.dates(FIRST, LAST)


def calendars() -> st.SearchStrategy[Calendar]:
    """The real one, or any other: days off and days worked at random."""
    invented = st.dictionaries(days(), st.booleans(), max_size=40).map(
        lambda special: Calendar(ZONE, special, {day: "节日" for day, works in special.items() if not works})
    )
    return st.one_of(st.builds(announced), st.builds(announced), invented)


def moments(after: dt.datetime | None = None) -> st.SearchStrategy[dt.datetime]:
    """A moment of the years; or one within two months after another."""
    if after is None:
        minute = st.integers(0, 24 * 60 - 1)
        return st.builds(lambda day, n: dt.datetime.combine(day, dt.time(n // 60, n % 60), ZONE), days(), minute)
    return st.integers(1, 60 * 24 * 60).map(lambda n: after + dt.timedelta(minutes=n))


@st.composite
def lengths(draw, counts=tuple(Count)):
    count = draw(st.sampled_from(counts))
    return Length(draw(st.integers(1, MOST[count])), count)


@st.composite
def definitions(draw, start: dt.datetime, counts=tuple(Count)):
    windows = draw(st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 20)), max_size=2))
    begins = [start.date() + dt.timedelta(days=first) for first, _long in windows]
    exempt = tuple(Exemption(day, day + dt.timedelta(days=n), "疫情") for day, (_first, n) in zip(begins, windows, strict=True))
    return Definition(
        "main", "办结时限", draw(lengths(counts)), frozenset({"file"}), frozenset({"close"}), frozenset({"reopen"}),
        soon=draw(st.none() | lengths((Count.WORKING_HOURS, Count.DAYS, Count.WORKING_DAYS))),
        awaits=draw(st.sampled_from(("", "", "ready"))), rolls=draw(st.booleans()), desk=draw(st.sampled_from(DESKS)), exempt=exempt,
    )  # fmt: skip


@st.composite
def histories(draw, start: dt.datetime, names=("pause", "resume", "extend", "fix", "close", "reopen", "ready", "other")):
    """A start and up to eight events at moments of their own, in order of time."""
    at, events = start, [Event("file", start)]
    for name in draw(st.lists(st.sampled_from(names), max_size=8)):
        at = draw(moments(at))
        length = draw(lengths()) if name == "extend" else None
        due = draw(moments(at)) if name == "fix" else None
        events.append(Event(name, at, "理由" if name == "pause" else "", length, due))
    return events


@st.composite
def matters(draw, counts=tuple(Count), names=("pause", "resume", "extend", "fix", "close", "reopen", "ready", "other")):
    """A definition, its events, and the calendar they happen on."""
    start = draw(moments())
    return draw(definitions(start, counts)), draw(histories(start, names)), draw(calendars())
