"""Why a deadline is what it is 时限说明, in Chinese sentences that an officer or a firm can follow with a calendar in hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.definition import Count
from songda.engines.clocks.ground import Skipped
from songda.engines.clocks.reading import Reading, Standing

HOW = {
    Count.HOURS: "按钟点连续计算",
    Count.WORKING_HOURS: "只计值守时段",
    Count.DAYS: "起算当日不计，末日至24时，末日遇休息日顺延",
    Count.WORKING_DAYS: "起算当日不计，末日至值守结束时",
    Count.MONTHS: "按公历月，末日为对应日，无对应日的为月末日，末日遇休息日顺延",
}


def explain(reading: Reading, calendar: Calendar) -> tuple[str, ...]:
    """The sentences, in the order in which one would count: rule, beginning, pauses, days that did not count, extensions, the end."""
    if reading.standing is Standing.IDLE:
        return (_rule(reading), "起算的办理步骤尚未发生，未起算。")
    return (
        _rule(reading),
        *_beginning(reading, calendar),
        *_pauses(reading, calendar),
        *_windows(reading),
        *_changes(reading, calendar),
        *_end(reading, calendar),
    )


def in_words(at: dt.datetime, calendar: Calendar) -> str:
    """A moment as printed: 2020年2月7日17:30; midnight is 24:00 of the day before."""
    day = calendar.day_of_deadline(at) if calendar.local(at).time() == dt.time() else calendar.local(at).date()
    hour = "24:00" if calendar.local(at).time() == dt.time() else f"{calendar.local(at):%H:%M}"
    return f"{_day(day)}{hour}"


def grouped(skipped: Iterable[Skipped]) -> Iterator[tuple[dt.date, dt.date, str]]:
    """Days that did not count, runs of one reason put together: first day, last day, reason."""
    run: tuple[dt.date, dt.date, str] | None = None
    for one in skipped:
        if run is not None and run[2] == one.reason and (one.day - run[1]).days <= 1:
            run = (run[0], one.day, run[2])
            continue
        if run is not None:
            yield run
        run = (one.day, one.day, one.reason)
    if run is not None:
        yield run


def _rule(reading: Reading) -> str:
    definition = reading.definition
    return f"{definition.label}：{definition.length}（{HOW[definition.length.count]}）。"


def _beginning(reading: Reading, calendar: Calendar) -> Iterator[str]:
    course, first = reading.course, reading.counts_from
    if course.started_at is None:
        return
    yield f"起算事件发生于{in_words(course.started_at, calendar)}。"
    if reading.definition.awaits and course.condition_at is not None:
        yield f"等待的条件于{in_words(course.condition_at, calendar)}具备。"
    known = max(at for at in (course.started_at, course.condition_at) if at is not None)
    if first is not None and first != known:
        yield f"不在值守时段或已过当日受理截止时间，按{in_words(first, calendar)}收到计。"


def _pauses(reading: Reading, calendar: Calendar) -> Iterator[str]:
    for pause in reading.course.pauses:
        until = f"至{in_words(pause.until, calendar)}" if pause.until else "起至今"
        yield f"暂停：{in_words(pause.since, calendar)}{until}。{_because(pause.reason)}"


def _windows(reading: Reading) -> Iterator[str]:
    days = [one for one in reading.skipped if not one.reason.startswith("暂停")]
    if days:
        yield f"不计的日子：{'；'.join(_run(*run) for run in grouped(days))}。"


def _changes(reading: Reading, calendar: Calendar) -> Iterator[str]:
    fixed = reading.course.fixed
    if fixed is not None and fixed.due is not None:
        yield f"限期：{in_words(fixed.at, calendar)}定为{in_words(fixed.due, calendar)}前，不再按期限推算。{_because(fixed.reason)}"
    for one in reading.course.extensions:
        yield f"延期：{in_words(one.at, calendar)}准予延长{one.length}，自原到期日起接续计算。{_because(one.reason)}"


def _end(reading: Reading, calendar: Calendar) -> Iterator[str]:
    course, due = reading.course, reading.due_at
    if due is not None:
        yield f"到期：{in_words(due, calendar)}。"
        if reading.provisional:
            year = calendar.day_of_deadline(due).year
            yield f"{year}年放假安排尚未公布，暂按周一至周五为工作日推算，公布后重算。"
    if course.stopped_at is not None:
        judged = "" if due is None else "，超期" if reading.late else "，未超期"
        yield f"已于{in_words(course.stopped_at, calendar)}停止计时{judged}。"
    elif reading.standing is Standing.WAITING:
        yield "等待的条件尚未具备，暂无到期日；条件具备后起算。"
    elif course.paused is not None:
        overdue = "暂停前已经超期，到期日不变。" if due is not None else "暂停期间无到期日，恢复后续算。"
        yield f"自{in_words(course.paused.since, calendar)}起暂停，{overdue}"


def _because(reason: str) -> str:
    return f"理由：{reason.rstrip('。')}。" if reason else ""


def _run(first: dt.date, last: dt.date, reason: str) -> str:
    if first == last:
        return f"{_day(first)}（{reason}）"
    until = _day(last) if last.year != first.year else f"{last.month}月{last.day}日"
    return f"{_day(first)}至{until}（{reason}）"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
