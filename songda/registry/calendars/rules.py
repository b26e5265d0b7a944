"""Reading a notice of holidays 读放假通知: the State Council's yearly text, and tables of days, into days that differ from their week.

Nothing is guessed: a weekday that does not belong to its date, a count that does not come out, a day off that cannot be placed are
faults, and sentences that name days and were not used are told.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from songda.kernel.words import gettext as _

ONE_DAY = dt.timedelta(days=1)
WEEK = "一二三四五六日"
FIRST_YEAR, LAST_YEAR = 2000, 2100
_DATE = r"(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?"
_SPAN = re.compile(rf"{_DATE}(?:至{_DATE})?")
_ITEM = re.compile(r"(?:^|\n)\s*(?:[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?\s*)?([^：:。\n]{2,20})[：:]([^\n]+)")
_COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_YEAR = re.compile(r"(\d{4})年(?:部分)?(?:节假日|放假)")
FESTIVAL = re.compile("元旦|春节|清明|劳动节|端午|中秋|国庆|节")
OFF, WORKED = ("放假", "休", "休息", "假"), ("上班", "班", "调休", "调休上班")


@dataclass(frozen=True, slots=True, order=True)
class Announced:
    """A day that differs from its week: off, or worked in exchange."""

    day: dt.date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the days in their order, faults (then nothing should be entered), and sentences with days that were not used."""

    days: tuple[Announced, ...]
    faults: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of an item: its days, and what is wrong with them."""

    days: tuple[dt.date, ...]
    faults: tuple[str, ...]


def read_notice(text: str, year: int | None = None) -> Reading:
    """A notice's text. `year` is that of days which name none; without it, the one the text says it is about."""
    plain = re.sub(r"[ \t\u3000]", "", text.replace("(", "（").replace(")", "）").replace("—", "至").replace("-", "至"))
    told = _YEAR.search(plain)
    about = year or (int(told[1]) if told else None)
    if about is None:
        return Reading((), (_("没有读到年份，请写明是哪一年的通知。"),))
    days: dict[dt.date, Announced] = {}
    faults: list[str] = []
    unused: list[str] = []
    for name, body in _ITEM.findall(plain):
        if FESTIVAL.search(name):
            _read_item(name, body, about, (days, faults, unused))
    if not days and not faults:
        faults.append(_("没有读到放假或上班的日期，请粘贴通知正文（“一、元旦：……”）。"))
    return Reading(tuple(sorted(days.values())), tuple(faults), tuple(unused))


def read_table(text: str) -> Reading:
    """Lines of day, 放假 or 上班, name, parted by commas or tabs; a head line may stand above."""
    days: dict[dt.date, Announced] = {}
    faults: list[str] = []
    try:
        rows = list(csv.reader(StringIO(text.replace("\t", ",").replace("，", ",").replace("\0", ""))))
    except csv.Error:
        return Reading((), (_("读不出这张表。每行写“日期,放假或上班,名目”。"),))
    for number, row in enumerate((row for row in rows if any(cell.strip() for cell in row)), 1):
        cells = [cell.strip() for cell in row]
        if number == 1 and cells[0] in ("日期", "day"):
            continue
        found = _row(cells)
        if isinstance(found, str):
            faults.append(_("第 %(n)d 行：%(why)s") % {"n": number, "why": found})
        else:
            days[found.day] = found
    if not days and not faults:
        faults.append(_("表里没有日期。每行写“日期,放假或上班,名目”。"))
    return Reading(tuple(sorted(days.values())), tuple(faults))


def fault_of(day: dt.date, *, working: bool) -> str:
    """What is wrong with announcing a day: only days of a weekend are worked in exchange. A holiday may fall on a weekend."""
    return _("%(day)s 是星期%(week)s，本来就上班。") % _said(day) if working and day.weekday() < 5 else ""


def _row(cells: list[str]) -> Announced | str:
    if len(cells) < 3 or not cells[2]:
        return _("应为三列：日期、放假或上班、名目。")
    try:
        day = _date(*(int(part) for part in re.split(r"[-/.年月]", cells[0].rstrip("日"))))
    except (TypeError, ValueError):
        return _("“%(cell)s”不是日期。") % {"cell": cells[0]}
    if cells[1] not in (*OFF, *WORKED):
        return _("“%(cell)s”应为“放假”或“上班”。") % {"cell": cells[1]}
    working = cells[1] in WORKED
    return fault_of(day, working=working) or Announced(day, working, cells[2])


def _read_item(name: str, body: str, year: int, into: tuple[dict[dt.date, Announced], list[str], list[str]]) -> None:
    days, faults, unused = into
    for sentence in filter(None, body.split("。")):
        working = "上班" in sentence and "放假" not in sentence
        if not (working or "放假" in sentence) or "正常上班" in sentence or "鼓励" in sentence:
            unused += [sentence] if _SPAN.search(sentence) else []
            continue
        read = _worked(sentence, year) if working else _off(sentence, year)
        faults += [f"{name}：{fault}" for fault in read.faults]
        days.update((day, Announced(day, working, name)) for day in read.days)


def _off(sentence: str, year: int) -> _Sentence:
    """Days off: a day or a span, with the weekend beside it where it says so, and their count."""
    found, faults = _days(sentence.partition("放假")[0], year)
    if "与周末连休" in sentence:
        found = _with_weekend(found)
    told = _COUNT.search(sentence)
    if told and int(told[1]) != len(found):
        faults.append(_("写明放假%(said)s天，读到%(found)d天。") % {"said": told[1], "found": len(found)})
    if not found:
        faults.append(_("“%(text)s”里没有读到日期。") % {"text": sentence})
    return _Sentence(tuple(found), tuple(faults))


def _worked(sentence: str, year: int) -> _Sentence:
    """Days worked in exchange: weekends."""
    found, faults = _days(sentence, year)
    faults += filter(None, (fault_of(day, working=True) for day in found))
    return _Sentence(tuple(found), tuple(faults))


def _days(text: str, year: int) -> tuple[list[dt.date], list[str]]:
    days: list[dt.date] = []
    faults: list[str] = []
    month: int | None = None
    for found in _SPAN.finditer(text):
        try:
            first, last = _span(found.groups(), year, month)
        except ValueError:
            faults.append(_("“%(text)s”不是日期。") % {"text": found[0]})
            continue
        month = last.month
        faults += [*_weekday_faults(first, found[4]), *_weekday_faults(last, found[8])]
        days += [first + ONE_DAY * at for at in range((last - first).days + 1)]
    return days, faults


def _span(parts: tuple[str | None, ...], year: int, month: int | None) -> tuple[dt.date, dt.date]:
    first = _date(int(parts[0] or year), int(parts[1] or month or 0), int(parts[2] or 0))
    if parts[6] is None:
        return first, first
    last = _date(int(parts[4] or first.year), int(parts[5] or first.month), int(parts[6]))
    last = last.replace(year=last.year + 1) if last < first and parts[4] is None else last
    if not first <= last <= first + 15 * ONE_DAY:
        raise ValueError(parts)
    return first, last


def _date(year: int, month: int, day: int) -> dt.date:
    """A date of years that anybody announces; ValueError for any other."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return dt.date(year, month, day)


def _weekday_faults(day: dt.date, beside: str | None) -> Iterator[str]:
    told = _WEEKDAY.search(beside or "")
    if told and WEEK.index(told[1].replace("天", "日")) != day.weekday():
        yield _("%(day)s 是星期%(week)s，通知写的是“%(text)s”。") % {**_said(day), "text": beside}


def _said(day: dt.date) -> dict[str, object]:
    return {"day": day.isoformat(), "week": WEEK[day.weekday()]}


def _with_weekend(days: list[dt.date]) -> list[dt.date]:
    """The days with the Saturdays and Sundays that touch them."""
    found = set(days)
    for day in days:
        for step in (-ONE_DAY, ONE_DAY):
            beside = day + step
            while beside.weekday() >= 5 and beside not in found:
                found.add(beside)
                beside += step
    return sorted(found)
