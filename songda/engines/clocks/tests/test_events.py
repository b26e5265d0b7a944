"""How events fold into a course: restarts, resets, what was awaited, rounds, pauses; and the lamps at their boundaries."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.engines.clocks.calendar import Desk
from songda.engines.clocks.definition import Length
from songda.engines.clocks.events import course_of
from songda.engines.clocks.explain import explain
from songda.engines.clocks.ladder import Level, owed, rungs, wake_at
from songda.engines.clocks.reading import Lamp, Standing, ground_of, read_clock
from songda.engines.clocks.tests.china import WD, WH, M, at, calendar, clock, event

TICK = dt.timedelta(microseconds=1)


def test_a_reset_waits_for_the_next_start_and_a_restart_does_not():
    contact = clock(4, WH, starts=frozenset({"assign"}), restarts=frozenset(), resets=frozenset({"reopen"}))
    events = [event("assign", "2020-03-10 09:00"), event("close", "2020-03-10 10:00"), event("reopen", "2020-03-20 10:00")]
    assert read_clock(contact, events, calendar()).standing is Standing.IDLE
    begun = read_clock(contact, [*events, event("assign", "2020-03-23 09:00")], calendar())
    assert (begun.due_at, begun.course.rounds) == (at("2020-03-23 15:00"), 2)
    resolve = clock(5, WD)
    assert read_clock(resolve, [event("file", "2020-03-10 09:00"), *events[1:]], calendar()).due_at == at("2020-03-27 17:30")


def test_a_reset_of_what_never_began_is_nothing():
    contact = clock(4, WH, resets=frozenset({"reopen"}), restarts=frozenset())
    assert course_of(contact, [event("reopen", "2020-03-10 09:00")]).rounds == 1


def test_what_was_awaited_has_come_for_good():
    waiting = clock(10, WD, awaits="over")
    events = [event("over", "2020-03-01 09:00"), event("file", "2020-03-10 09:00"), event("close", "2020-03-11 09:00")]
    again = read_clock(waiting, [*events, event("reopen", "2020-03-20 09:00")], calendar())
    assert again.standing is Standing.RUNNING


def test_what_comes_after_the_stop_gives_a_waiting_clock_no_deadline():
    waiting = clock(10, WD, awaits="over")
    events = [event("file", "2020-03-10 09:00"), event("close", "2020-03-11 09:00"), event("over", "2020-03-20 09:00")]
    reading = read_clock(waiting, events, calendar())
    assert (reading.standing, reading.due_at, reading.late) == (Standing.STOPPED, None, False)
    assert read_clock(waiting, [*events, event("reopen", "2020-03-23 09:00")], calendar()).due_at is not None


def test_rounds_count_deadlines_not_events():
    events = [
        event("file", "2020-03-10 09:00"),
        event("pause", "2020-03-10 10:00"),
        event("resume", "2020-03-10 11:00"),
        event("extend", "2020-03-11 10:00", length=(2, WD)),
        event("fix", "2020-03-12 10:00", due="2020-03-30 12:00"),
        event("close", "2020-03-13 10:00"),
        event("extend", "2020-03-14 10:00", length=(2, WD)),
        event("reopen", "2020-03-16 10:00"),
    ]
    assert [course_of(clock(5, WD), events[:count]).rounds for count in (1, 3, 4, 5, 7, 8)] == [1, 1, 2, 3, 3, 4]


def test_lamps_turn_at_their_moments():
    reading = read_clock(clock(5, WD, soon=Length(1, WD)), [event("file", "2020-03-18 10:00")], calendar())
    assert (reading.blue_at, reading.yellow_at) == (at("2020-03-23 17:30"), at("2020-03-25 08:30"))
    turns = [(reading.blue_at, Lamp.BLUE), (reading.yellow_at, Lamp.YELLOW), (reading.due_at + TICK, Lamp.RED)]
    for moment, lamp in turns:
        assert (reading.lamp(moment - TICK) is lamp, reading.lamp(moment)) == (False, lamp)
    assert not reading.overdue(reading.due_at)


def test_the_half_of_two_working_hours_is_one():
    reading = read_clock(clock(2, WH), [event("file", "2020-03-10 11:30")], calendar())
    assert (reading.blue_at, reading.due_at) == (at("2020-03-10 14:30"), at("2020-03-10 15:30"))


def test_an_extension_moves_the_half_too():
    events = [event("file", "2020-03-18 10:00"), event("extend", "2020-03-19 10:00", length=(5, WD))]
    assert read_clock(clock(5, WD), events, calendar()).blue_at == at("2020-03-25 17:30")


def test_late_is_known_when_stopped():
    events = [event("file", "2020-03-18 10:00")]
    for hour, late in (("17:30", False), ("17:31", True)):
        reading = read_clock(clock(1, WD), [*events, event("close", f"2020-03-19 {hour}")], calendar())
        assert (reading.late, reading.lamp(at("2020-03-25 10:00"))) == (late, Lamp.NONE)


def test_a_pause_does_not_put_out_a_red_lamp_nor_forget_a_missed_rung():
    events = [event("file", "2020-03-18 10:00"), event("pause", "2020-03-23 09:00", reason="等待材料")]
    reading = read_clock(clock(1, WD), events, calendar())
    assert (reading.standing, reading.lamp(at("2020-03-24 10:00"))) == (Standing.PAUSED, Lamp.RED)
    ladder = (Level("red", "超期", "urge", ("holder",)), Level("later", "通报", "circular", ("lead",), after=Length(5, WD)))
    dues = rungs(reading, ladder, ground_of(reading, calendar()))
    assert [one.level.code for one in owed(dues, (), at("2020-04-30 10:00"))] == ["red"]
    assert wake_at(reading, dues, {"red"}, at("2020-04-30 10:00")) is None
    assert "暂停前已经超期，到期日不变" in explain(reading, calendar())[-1]


def test_a_rung_ahead_of_a_short_fixed_date_comes_when_counting_begins():
    events = [event("file", "2020-03-18 10:00"), event("fix", "2020-03-18 10:00", due="2020-03-18 16:00")]
    reading = read_clock(clock(5, WD), events, calendar())
    (near,) = rungs(reading, (Level("near", "临期", "remind", ("holder",), ahead=Length(2, WD)),), ground_of(reading, calendar()))
    assert near.at == reading.counts_from


def test_limits_are_refused_in_words():
    for amount, count in ((0, WD), (10_001, WD), (601, M)):
        with pytest.raises(ValueError, match="期限应为"):
            Length(amount, count)
    with pytest.raises(ValueError, match="值守时段"):
        Desk(hours=((dt.time(14), dt.time(12)),))
    with pytest.raises(ValueError, match="值守时段"):
        Desk(hours=())
