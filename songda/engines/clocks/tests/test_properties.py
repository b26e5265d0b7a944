"""What must hold of every clock, whatever happens to it: generated definitions, histories and calendars of 2004–2026."""

from __future__ import annotations

import datetime as dt
import os
import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from songda.engines.clocks.counting import end_of, further
from songda.engines.clocks.definition import Count, Length
from songda.engines.clocks.events import Event
from songda.engines.clocks.explain import explain
from songda.engines.clocks.ground import Ground
from songda.engines.clocks.ladder import Level, owed, rungs, wake_at
from songda.engines.clocks.reading import Lamp, Standing, ground_of, read_clock
from songda.engines.clocks.remaining import before
from songda.engines.clocks.tests import strategies as some

pytestmark = pytest.mark.row("CMD-36")

ODDLY = settings(max_examples=int(os.environ.get("SONGDA_EXAMPLES", "40")), deadline=None)
DAY = dt.timedelta(days=1)
QUIET = ("extend", "fix", "close", "ready", "other")
LADDER = (
    Level("near", "临期", "remind", ("holder",), ahead=Length(1, Count.WORKING_DAYS)),
    Level("red", "超期", "supervise", ("holder",)),
    Level("leader", "报领导", "leader", ("leader",), after=Length(1, Count.WORKING_DAYS)),
    Level("circular", "通报", "circular", ("lead",), after=Length(3, Count.DAYS)),
)


@ODDLY
@given(some.matters())
def test_reading_again_reads_the_same_and_the_order_of_telling_does_not_matter(matter):
    definition, events, calendar = matter
    first = read_clock(definition, events, calendar)
    told = list(events)
    random.Random(7).shuffle(told)
    assert read_clock(definition, told, calendar) == first
    assert read_clock(definition, [replace(one, at=one.at.astimezone(dt.UTC)) for one in events], calendar) == first


@ODDLY
@given(some.matters(names=("extend", "close", "ready", "other")), st.data())
def test_a_pause_never_makes_a_deadline_earlier(matter, data):
    definition, events, calendar = matter
    first = read_clock(definition, events, calendar)
    since = data.draw(some.moments(events[0].at))
    until = data.draw(some.moments(since))
    paused = read_clock(definition, [*events, Event("pause", since), Event("resume", until)], calendar)
    assume(first.due_at is not None)
    assert paused.due_at is not None
    assert paused.due_at >= first.due_at


@ODDLY
@given(some.matters(names=("pause", "resume", "ready")), st.integers(1, 20))
def test_a_longer_length_is_never_due_earlier(matter, more):
    definition, events, calendar = matter
    longer = replace(definition, length=Length(definition.length.amount + more, definition.length.count))
    first, second = read_clock(definition, events, calendar), read_clock(longer, events, calendar)
    assume(first.due_at is not None and second.due_at is not None)
    assert second.due_at >= first.due_at


@ODDLY
@given(some.matters(counts=tuple(one for one in Count if one is not Count.MONTHS), names=("ready",)), st.data())
def test_a_later_start_is_never_due_earlier(matter, data):
    """Not of months: 29 and 30 January plus one month are the same day, and a window on the 30th moves only the first."""
    definition, events, calendar = matter
    ground = Ground(calendar, definition.desk, definition.exempt, (), definition.rolls)
    later = data.draw(some.moments(events[0].at))
    assert end_of(definition.length, later, ground).at >= end_of(definition.length, events[0].at, ground).at


@ODDLY
@given(some.matters(counts=(Count.WORKING_DAYS,), names=("pause", "resume", "ready")))
def test_working_days_end_on_a_working_day_when_the_desk_closes(matter):
    definition, events, calendar = matter
    reading = read_clock(definition, events, calendar)
    assume(reading.due_at is not None)
    day = calendar.day_of_deadline(reading.due_at)
    assert definition.desk.opens_on(day, calendar)
    assert reading.due_at == definition.desk.closes_at(day, calendar)
    assert not any(window.first <= day <= window.last for window in definition.exempt)


@ODDLY
@given(some.matters(counts=(Count.WORKING_DAYS, Count.DAYS), names=("pause", "resume", "ready")))
def test_days_counted_and_days_skipped_are_all_the_days_between(matter):
    definition, events, calendar = matter
    reading = read_clock(definition, events, calendar)
    assume(reading.due_at is not None and reading.course.paused is None)
    between = (calendar.day_of_deadline(reading.due_at) - reading.counts_from.date()).days
    skipped = {one.day for one in reading.skipped}
    rolled = sum(one.reason.startswith("末日遇") for one in reading.skipped)
    assert len(skipped) == len(reading.skipped)
    # A period that rolled: its last day is counted where it fell, then moved; the day it moved to is one more.
    assert between == len(skipped) + definition.length.amount or (rolled and between <= len(skipped) + definition.length.amount)


@ODDLY
@given(some.matters(names=("pause", "resume", "extend", "fix", "ready")), some.lengths())
def test_an_extension_moves_the_deadline_later(matter, length):
    definition, events, calendar = matter
    first = read_clock(definition, events, calendar)
    assume(first.due_at is not None and first.standing is Standing.RUNNING)
    longer = read_clock(definition, [*events, Event("extend", events[-1].at + DAY, "", length)], calendar)
    assert longer.due_at > first.due_at
    assert longer.course.rounds == first.course.rounds + 1


@ODDLY
@given(some.matters(), st.data())
def test_what_comes_after_the_stop_moves_nothing_until_it_begins_again(matter, data):
    definition, events, calendar = matter
    stopped = [*events, Event("close", events[-1].at + DAY)]
    first = read_clock(definition, stopped, calendar)
    later = data.draw(some.histories(stopped[-1].at + DAY, names=("pause", "resume", "extend", "fix", "close", "ready", "file")))
    again = read_clock(definition, [*stopped, *later], calendar)
    assert first.standing is again.standing is Standing.STOPPED
    assert (again.due_at, again.late) == (first.due_at, first.late)
    begun = read_clock(definition, [*stopped, *later, Event("reopen", later[-1].at + DAY)], calendar)
    assert begun.standing in (Standing.RUNNING, Standing.WAITING)


@ODDLY
@given(some.matters(), st.data())
def test_lamps_burn_in_order_and_turn_only_at_their_moments(matter, data):
    definition, events, calendar = matter
    reading = read_clock(definition, events, calendar)
    if not reading.burns:
        assert reading.turns() == ()
        assert reading.lamp(data.draw(some.moments())) is Lamp.NONE
        return
    order = [Lamp.GREEN, Lamp.BLUE, Lamp.YELLOW, Lamp.RED]
    moments = sorted({*reading.turns(), reading.due_at, events[0].at, data.draw(some.moments(events[0].at))})
    lamps = [order.index(reading.lamp(at)) for at in moments]
    assert lamps == sorted(lamps)
    assert reading.lamp(reading.due_at) is not Lamp.RED
    for early, late in pairwise(moments):
        assert reading.lamp(late - dt.timedelta(microseconds=1)) == reading.lamp(early)


@ODDLY
@given(some.matters(names=("pause", "resume", "ready")), some.lengths())
def test_no_more_than_a_length_is_left_from_the_moment_before_a_deadline(matter, length):
    definition, events, calendar = matter
    reading = read_clock(definition, events, calendar)
    assume(reading.due_at is not None)
    ground = replace(ground_of(reading, calendar), rolls=False)
    moment = before(length, reading.due_at, ground)
    assert moment < reading.due_at
    if length.count in (Count.HOURS, Count.WORKING_HOURS):
        assert end_of(length, moment, ground).at <= reading.due_at
    if length.count is Count.MONTHS:
        assert further(Length(length.amount + 1, Count.MONTHS), moment, ground).at >= reading.due_at
    if length.count in (Count.DAYS, Count.WORKING_DAYS):
        begins = calendar.at(moment.date(), dt.time())  # the day of `moment` is the first of those that are left
        assert further(length, begins, ground).at <= reading.due_at


@ODDLY
@given(some.matters(), st.integers(0, 90))
def test_every_rung_is_owed_once_however_late_the_sweeper_comes(matter, away):
    definition, events, calendar = matter
    reading = read_clock(definition, events, calendar)
    dues = rungs(reading, LADDER, ground_of(reading, calendar))
    assert [one.at for one in dues] == sorted(one.at for one in dues)
    if not dues:
        return
    now, climbed = events[-1].at, set()
    often = []
    while (wake := wake_at(reading, dues, climbed, now)) is not None:
        now = max(wake, now)
        often += [one.level.code for one in owed(dues, climbed, now)]
        climbed |= set(often)
    seldom = [one.level.code for one in owed(dues, set(), now + away * DAY)]
    assert sorted(often) == sorted(seldom)
    assert len(often) == len(set(often)) == len(dues)


@ODDLY
@given(some.matters())
def test_every_reading_explains_itself(matter):
    definition, events, calendar = matter
    reading = read_clock(definition, events, calendar)
    lines = explain(reading, calendar)
    assert lines[0].startswith("办结时限：")
    assert all(line.endswith("。") for line in lines)
    assert ("到期：" in "".join(lines)) == (reading.due_at is not None)
    assert ("暂停：" in "".join(lines)) == bool(reading.course.pauses)
    for one in reading.skipped:
        assert one.reason.startswith("暂停") or one.reason in "".join(lines)
