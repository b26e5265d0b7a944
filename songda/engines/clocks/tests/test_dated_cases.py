"""Deadlines worked out by hand with a wall calendar (CMD-36): month ends, Spring Festival, exchanged days, cut-off, 5+2, and the rest."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.engines.clocks.definition import Exemption
from songda.engines.clocks.reading import read_clock
from songda.engines.clocks.recurring import Cycle, Every, OffDay, next_after, occurrences
from songda.engines.clocks.tests.china import FIVE_AND_TWO, WD, WH, D, H, M, at, calendar, clock, event

pytestmark = pytest.mark.row("CMD-36")

PLAGUE = (Exemption(dt.date(2020, 2, 3), dt.date(2020, 2, 9), "疫情防控延迟复工"),)
LATER = {"awaits": "epidemic_over"}
REOPEN = {"restarts": frozenset({"reopen"})}

CASES = [
    # working days
    ("五个工作日，普通的一周", clock(5, WD), ["file 2020-03-18 10:00"], "2020-03-25 17:30"),
    ("跨2020年春节（延长至2月2日）", clock(5, WD), ["file 2020-01-23 10:00"], "2020-02-07 17:30"),
    ("春节前的调休上班日（周日）计入", clock(1, WD), ["file 2020-01-17 10:00"], "2020-01-19 17:30"),
    ("周日调休上班当天收到", clock(1, WD), ["file 2020-01-19 10:00"], "2020-01-20 17:30"),
    ("劳动节五天，5月9日（周六）上班", clock(3, WD), ["file 2020-04-30 10:00"], "2020-05-08 17:30"),
    ("劳动节后第四天是周六，仍为工作日", clock(4, WD), ["file 2020-04-30 10:00"], "2020-05-09 17:30"),
    ("2026年国庆，10月10日（周六）上班", clock(3, WD), ["file 2026-09-30 10:00"], "2026-10-10 17:30"),
    ("2004年春节前两个周末上班", clock(5, WD), ["file 2004-01-16 09:00"], "2004-01-21 17:30"),
    ("2008年起清明放假", clock(1, WD), ["file 2008-04-03 09:00"], "2008-04-07 17:30"),
    ("2015年9月3日抗战纪念日", clock(2, WD), ["file 2015-09-02 09:00"], "2015-09-07 17:30"),
    ("2013年元旦后的周末上班", clock(3, WD), ["file 2013-01-04 09:00"], "2013-01-07 17:30"),
    ("一日办结：上午收到", clock(1, WD), ["file 2020-03-10 09:00"], "2020-03-11 17:30"),
    ("一日办结：受理截止的那一刻仍算当日", clock(1, WD), ["file 2020-03-10 17:00"], "2020-03-11 17:30"),
    ("一日办结：过截止时间，按次日收到", clock(1, WD), ["file 2020-03-10 17:01"], "2020-03-12 17:30"),
    ("一日办结：周五下班后，按周一收到", clock(1, WD), ["file 2020-03-13 20:00"], "2020-03-17 17:30"),
    ("5+2值守：周六也计", clock(1, WD, desk=FIVE_AND_TWO), ["file 2020-03-13 10:00"], "2020-03-14 17:30"),
    ("5+2值守：春节也计", clock(2, WD, desk=FIVE_AND_TWO), ["file 2020-01-24 10:00"], "2020-01-26 17:30"),
    ("延迟复工的一周不计", clock(5, WD, exempt=PLAGUE), ["file 2020-01-23 10:00"], "2020-02-14 17:30"),
    ("十五个工作日跨清明", clock(15, WD), ["file 2020-03-20 10:00"], "2020-04-13 17:30"),
    ("二十五个工作日跨清明", clock(25, WD), ["file 2020-03-20 10:00"], "2020-04-26 17:30"),
    # hours
    ("两个工作小时，当天", clock(2, WH), ["file 2020-03-10 09:00"], "2020-03-10 11:00"),
    ("两个工作小时，跨午休", clock(2, WH), ["file 2020-03-10 11:00"], "2020-03-10 15:00"),
    ("四个工作小时，跨周末", clock(4, WH), ["file 2020-03-13 15:30"], "2020-03-16 10:30"),
    ("两个工作小时，半夜提交", clock(2, WH), ["file 2020-03-10 02:00"], "2020-03-10 10:30"),
    ("两个工作小时，恰在午休开始时用完", clock(2, WH), ["file 2020-03-10 10:00"], "2020-03-10 12:00"),
    ("24小时，照钟点走，不管周末", clock(24, H), ["file 2020-03-13 20:15"], "2020-03-14 20:15"),
    ("24小时，跨闰日", clock(24, H), ["file 2020-02-28 23:00"], "2020-02-29 23:00"),
    # natural days and months
    ("十日，末日周五", clock(10, D), ["file 2020-03-10 09:00"], "2020-03-20 24:00"),
    ("十日，末日遇周日顺延", clock(10, D), ["file 2020-03-12 09:00"], "2020-03-23 24:00"),
    ("末日遇国庆顺延到10月9日", clock(7, D), ["file 2020-09-25 09:00"], "2020-10-09 24:00"),
    ("不顺延的日历日", clock(10, D, rolls=False), ["file 2020-03-12 09:00"], "2020-03-22 24:00"),
    ("1月31日起一个月：2月末日是周六，顺延", clock(1, M), ["file 2020-01-31 09:00"], "2020-03-02 24:00"),
    ("1月31日起一个月，不顺延：闰年2月29日", clock(1, M, rolls=False), ["file 2020-01-31 09:00"], "2020-02-29 24:00"),
    ("平年2月28日", clock(1, M, rolls=False), ["file 2021-01-31 09:00"], "2021-02-28 24:00"),
    ("8月31日起六个月", clock(6, M), ["file 2020-08-31 09:00"], "2021-03-01 24:00"),
    ("满2个月", clock(2, M), ["file 2020-03-10 09:00"], "2020-05-11 24:00"),
    ("12月31日起两个月跨年", clock(2, M, rolls=False), ["file 2019-12-31 09:00"], "2020-02-29 24:00"),
    # events
    ("待疫情结束后十个工作日", clock(10, WD, **LATER), ["file 2020-02-10 09:00", "epidemic_over 2020-03-20 09:00"], "2020-04-03 17:30"),
    ("待疫情结束后，尚未结束", clock(10, WD, **LATER), ["file 2020-02-10 09:00"], ""),
    ("疫情先已结束，按提出之日", clock(1, WD, **LATER), ["epidemic_over 2020-03-09 09:00", "file 2020-03-10 09:00"], "2020-03-11 17:30"),
    ("限期整改到指定时刻", clock(5, WD), ["file 2020-03-10 09:00", "fix 2020-03-10 10:00 > 2020-03-21 12:00"], "2020-03-21 12:00"),
    ("限期后再延期两个工作日", clock(5, WD), ["file 2020-03-10 09:00", "fix 2020-03-10 10:00 > 2020-03-18 12:00", "extend 2020-03-17 09:00 + 2 WD"], "2020-03-20 17:30"),
    ("延期五个工作日，自原到期日接续", clock(5, WD), ["file 2020-03-18 10:00", "extend 2020-03-24 09:00 + 5 WD"], "2020-04-01 17:30"),
    ("日历日延期一日，不多给一日", clock(10, D), ["file 2020-03-10 09:00", "extend 2020-03-18 09:00 + 3 D"], "2020-03-23 24:00"),
    ("暂停两个工作日", clock(5, WD), ["file 2020-03-18 10:00", "pause 2020-03-19 09:00", "resume 2020-03-23 09:00"], "2020-03-27 17:30"),
    ("当天停当天复，当天仍计", clock(5, WD), ["file 2020-03-18 10:00", "pause 2020-03-19 09:00", "resume 2020-03-19 16:00"], "2020-03-25 17:30"),
    ("两个工作小时中停半小时", clock(2, WH), ["file 2020-03-10 09:00", "pause 2020-03-10 09:30", "resume 2020-03-10 10:00"], "2020-03-10 11:30"),
    ("暂停中没有到期日", clock(5, WD), ["file 2020-03-18 10:00", "pause 2020-03-19 09:00"], ""),
    ("已经超期再暂停，到期日不变", clock(1, WD), ["file 2020-03-18 10:00", "pause 2020-03-23 09:00"], "2020-03-19 17:30"),
    ("重新办理，重新起算", clock(5, WD), ["file 2020-03-18 10:00", "close 2020-03-20 10:00", "reopen 2020-04-03 10:00"], "2020-04-13 17:30"),
    ("2027年放假未公布，只按周末", clock(5, WD), ["file 2026-12-30 10:00"], "2027-01-06 17:30"),
]  # fmt: skip


def told(text: str):
    """`name moment`, then `> moment` for a fixed date or `+ 5 WD` for an extension."""
    name, rest = text.split(" ", 1)
    if ">" in rest:
        when, due = rest.split(" > ")
        return event(name, when, due=due)
    if "+" in rest:
        when, length = rest.split(" + ")
        amount, count = length.split()
        return event(name, when, length=(int(amount), {"WD": WD, "D": D, "WH": WH}[count]))
    return event(name, rest)


@pytest.mark.parametrize(("definition", "events", "due"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_deadline_is_the_one_worked_out_by_hand(definition, events, due):
    reading = read_clock(definition, [told(one) for one in events], calendar())
    assert reading.due_at == (at(due) if due else None)


def test_there_are_enough_cases():
    assert len(CASES) >= 30


def test_a_year_without_notice_is_provisional_and_its_last_day_before_is_not():
    assert read_clock(clock(5, WD), [told("file 2026-12-30 10:00")], calendar()).provisional
    eve = read_clock(clock(3, D), [told("file 2026-12-28 10:00")], calendar())
    assert eve.due_at == at("2026-12-31 24:00")
    assert not eve.provisional


ROUNDS = [
    ("日调度17:00，今天的还没到", Cycle(Every.DAY, dt.time(17)), "2020-03-10 16:59", "2020-03-10 17:00"),
    ("日调度17:00，正点之后是明天的", Cycle(Every.DAY, dt.time(17)), "2020-03-10 17:00", "2020-03-11 17:00"),
    ("日调度周末照常（5+2）", Cycle(Every.DAY, dt.time(17)), "2020-03-13 18:00", "2020-03-14 17:00"),
    ("日调度逢休息日取消", Cycle(Every.DAY, dt.time(17), off=OffDay.SKIP), "2020-01-23 18:00", "2020-02-03 17:00"),
    ("周一例会", Cycle(Every.WEEK, dt.time(9), 1), "2020-03-10 10:00", "2020-03-16 09:00"),
    ("周一例会逢清明顺延", Cycle(Every.WEEK, dt.time(9), 1, OffDay.LATER), "2020-04-05 10:00", "2020-04-07 09:00"),
    ("周五例会逢春节提前", Cycle(Every.WEEK, dt.time(9), 5, OffDay.EARLIER), "2020-01-20 10:00", "2020-01-23 09:00"),
    ("月通报每月5日，逢休息日顺延", Cycle(Every.MONTH, dt.time(10), 5, OffDay.LATER), "2020-04-01 10:00", "2020-04-07 10:00"),
    ("月末通报，闰年2月", Cycle(Every.MONTH, dt.time(10), 31), "2020-02-10 10:00", "2020-02-29 10:00"),
    ("月末通报逢周六提前", Cycle(Every.MONTH, dt.time(10), 31, OffDay.EARLIER), "2020-02-10 10:00", "2020-02-28 10:00"),
    ("国庆节的1日提前到9月", Cycle(Every.MONTH, dt.time(10), 1, OffDay.EARLIER), "2020-09-10 10:00", "2020-09-30 10:00"),
]


@pytest.mark.parametrize(("cycle", "now", "then"), [case[1:] for case in ROUNDS], ids=[case[0] for case in ROUNDS])
def test_what_comes_round_comes_on_its_day(cycle, now, then):
    assert next_after(cycle, at(now), calendar()) == at(then)


def test_a_weekend_put_off_to_monday_is_held_once():
    daily = Cycle(Every.DAY, dt.time(17), off=OffDay.LATER)
    days = list(occurrences(daily, dt.date(2020, 3, 13), dt.date(2020, 3, 17), calendar()))
    assert [day.day for day in days] == [13, 16, 17]


def test_a_cycle_on_a_day_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="1 至 7"):
        Cycle(Every.WEEK, dt.time(9), 8)
