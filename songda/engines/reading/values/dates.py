"""Dates 日期: calendar dates and spans in a text, with the year filled in from the document where it is left out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.reading.document import Moment, Quote
from songda.engines.reading.language.clauses import clause_around
from songda.engines.reading.language.numerals import arabic, shadow

_HAN_MONTH = "十[一二]?|[一二三四五六七八九]"
_HAN_DAY = "[一二三四五六七八九十]{1,3}"
_YEAR = r"(?:(?P<year>(?:19|20)\d{2}|[一二三四五六七八九〇○零]{4})\s*年(?:度)?\s*|(?P<relative>今年|本年度?|去年|上年度?|明年|次年)(?:的)?\s*)"
_POINT = re.compile(
    rf"{_YEAR}?(?P<month>\d{{1,2}}|{_HAN_MONTH})\s*月(?:份)?\s*(?:(?P<day>\d{{1,2}}|{_HAN_DAY})\s*[日号]|(?P<end>底|末))?"
)
_NUMBERS = re.compile(r"(?<![\d./])(?P<year>(?:19|20)\d{2})(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![./]?\d)")
_QUARTER = re.compile(rf"{_YEAR}?(?P<all>前)?第?(?P<quarter>[一二三四1-4])\s*季度")
_QUARTERS = re.compile(  # 第二、三、四季度
    rf"{_YEAR}?第?(?P<quarter>[一二三四1-4])(?:\s*季度)?(?:[、和及至-]\s*第?(?:[一二三四1-4])(?:\s*季度)?){{0,2}}[、和及至-]\s*第?(?P<until>[一二三四1-4])\s*季度"
)
_YEAR_END = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})\s*年|(?P<relative>今年|本年度?|明年|次年))\s*(?:年)?(?:底|末)|(?<![\d年\w])年底(?=之?前)|(?<=[至到])年底"
)
_YEAR_START = re.compile(
    r"(?:(?<=自)|(?<=从))\s*(?P<year>(?:19|20)\d{2})\s*年度?(?=\s*(?:起|开始))|(?P<alone>(?:19|20)\d{2})\s*年度?(?=起(?!草|点|步))"
)
_SHORT = re.compile(  # 2—6月, 1-2月份, 2月3日-9日: the first bound lacks what the second has
    rf"{_YEAR}?(?P<month>\d{{1,2}})\s*(?:至|到|-{{1,2}}|~)\s*(?P<until>\d{{1,2}})\s*月(?!\s*\d{{1,2}}\s*[日号])(?:份|底)?"
)
_SHORT_DAYS = re.compile(
    rf"{_YEAR}?(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号]?\s*(?:至|到|-{{1,2}}|~)\s*(?P<until>\d{{1,2}})\s*[日号]"
)
_TO = re.compile(r"\s*(?:\([^)]{0,6}\))?\s*(?:起)?\s*(?:至|到|-{1,2}|~|—)\s*(?:当年|次年)?\s*$")
_AND = re.compile(r"\s*(?:、|和|及|-)\s*$")
_UNTIL = re.compile(r"(?:至|到|截至|截止(?:时间|日期)?为?|截止到|延长至|顺延至|不超过|直至)\s*$")
_CLOCK = r"\s*(?:\([^)]*\))?\s*(?:\d{1,2}[:时]\d{0,2}分?)?\s*"
_BY_AFTER = re.compile(rf"{_CLOCK}(?:之?前|以前|及(?:之|以)前)")
_FROM_BEFORE = re.compile(r"(?:自|从)\s*$")
_FROM_AFTER = re.compile(rf"{_CLOCK}(?:之?日)?\s*(?:起|以来|以后|之后|后|及(?:之|以)后|开始)")
_UNTIL_AFTER = re.compile(r"\s*(?:之?日)?\s*(?:止|为止|终止)")
_EVERY = re.compile(r"每年(?:度)?的?[^，。；、\d]{0,4}$")
_GLOSS = re.compile(r"\((?:含|不含)\s*$")
_RELATIVE = {"去年": -1, "上年": -1, "上年度": -1, "明年": 1, "次年": 1}


@dataclass(frozen=True, slots=True)
class _Point:
    """A date as found: its span, first and (for a span told in one piece) last ISO date."""

    start: int
    end: int
    first: str
    last: str | None = None

    @property
    def month(self) -> bool:
        """A whole month, no day."""
        return len(self.first) == 7 and self.last is None


def dates(text: str, start: int, end: int, year: int | None) -> tuple[Moment, ...]:
    """All dates in the span; those without a year are left out where `year` is None. A yearly date (每年5月底前) is none."""
    plain = shadow(text)
    points = [point for point in _points(plain, start, end, year) if not _is_yearly(plain, point.start)]
    found: list[Moment] = []
    at, clause = 0, Quote(start, start, "")
    while at < len(points):
        last = _span_end(plain, points, at)
        if points[last].end > clause.end:  # one quote for all the dates of a clause
            clause = Quote.of(text, *clause_around(plain, points[at].start, points[last].end, max(start, clause.end), end))
        found.append(_moment(text, plain, points[at], points[last], clause))
        at = last + 1
    return tuple(found)


def undated(text: str, start: int, end: int) -> tuple[Quote, ...]:
    """Days and ends of months in the span that name no year: without the document's year they are no calendar dates."""
    plain = shadow(text)
    return tuple(
        Quote.of(text, *match.span())
        for match in _POINT.finditer(plain, start, end)
        if not match["year"] and (match["day"] or match["end"]) and not _is_yearly(plain, match.start())
    )


def iso(year: int, month: int, day: int | None) -> str | None:
    """`YYYY-MM-DD` or `YYYY-MM`; None where there is no such day."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _is_yearly(plain: str, start: int) -> bool:
    # 每年5月底前; also (含4月30日), which repeats a bound.
    before = plain[max(0, start - 10) : start]
    return _EVERY.search(before) is not None or _GLOSS.search(before) is not None


# Each form with a word it cannot do without; at one place the longest wins, then the first.
_FORMS = (
    (_SHORT_DAYS, "月"),
    (_SHORT, "月"),
    (_NUMBERS, "20"),
    (_QUARTERS, "季度"),
    (_QUARTER, "季度"),
    (_YEAR_END, "年"),
    (_YEAR_START, "年"),
    (_POINT, "月"),
)


def _points(plain: str, start: int, end: int, year: int | None) -> Iterator[_Point]:
    forms = (form for form, word in _FORMS if plain.find(word, start, end) >= 0)
    matches = [match for form in forms for match in form.finditer(plain, start, end)]
    running = year
    reached = start
    for match in sorted(matches, key=lambda one: (one.start(), -one.end())):
        if match.start() < reached or plain[match.start() - 1 : match.start()] in ("个", "第", "."):
            continue
        said = match.groupdict()
        stated = said.get("year") or said.get("alone")
        running = int(arabic(stated) or 0) if stated else running
        if running is None:
            continue
        point = _read(match, said, running + _RELATIVE.get(said.get("relative") or "", 0))
        if point:
            reached = match.end()
            yield point


def _read(match: re.Match[str], said: dict[str, str | None], year: int) -> _Point | None:
    first, last = _bounds(match, said, year)
    return _Point(*match.span(), first, last) if first else None


def _bounds(match: re.Match[str], said: dict[str, str | None], year: int) -> tuple[str | None, str | None]:
    form = match.re
    if form is _YEAR_END:
        return f"{year:04d}-12-31", None
    if form is _YEAR_START:
        return f"{year:04d}-01", None
    if form in (_QUARTER, _QUARTERS):
        quarter = _number(said["quarter"])
        until = _number(said.get("until")) or quarter
        begin = 1 if said.get("all") else quarter
        return iso(year, 3 * begin - 2, None), iso(year, 3 * until, None)
    month = _number(said["month"])
    if form is _SHORT_DAYS:
        return iso(year, month, _number(said["day"])), iso(year, month, _number(said["until"]))
    if form is _SHORT:
        last = iso(year, _number(said["until"]), None)
        return (iso(year, month, None), last) if last and month < _number(said["until"]) else (None, None)
    return iso(year, month, _day(said, year, month)), None


def _number(said: str | None) -> int:
    return int(arabic(said) or 0) if said else 0


def _day(said: dict[str, str | None], year: int, month: int) -> int | None:
    if said.get("end"):
        return calendar.monthrange(year, month)[1] if 1 <= month <= 12 else None
    return _number(said["day"]) if said.get("day") else None


def _span_end(plain: str, points: list[_Point], at: int) -> int:
    last = at
    while last + 1 < len(points) and points[last].last is None and points[last + 1].last is None:
        one, after = points[last], points[last + 1]
        between = plain[one.end : after.start]
        if not ((last == at and _TO.fullmatch(between)) or (_AND.fullmatch(between) and _next_month(one, after))):
            break
        last += 1
    return last


def _next_month(one: _Point, after: _Point) -> bool:
    # 2月、3月 is one span; 3月、9月 are two dates.
    return one.month and after.month and _months(after.first) - _months(one.first) == 1


def _months(value: str) -> int:
    return int(value[:4]) * 12 + int(value[5:7])


def _moment(text: str, plain: str, first: _Point, last: _Point, clause: Quote) -> Moment:
    closing = last.first if last is not first else first.last
    return Moment(
        first=first.first,
        last=closing,
        role="exact" if closing else _role(plain, first),
        quote=clause,
        mark=Quote.of(text, first.start, last.end),
    )


def _role(plain: str, point: _Point) -> str:
    before = plain[max(0, point.start - 6) : point.start]
    if _BY_AFTER.match(plain, point.end):
        return "by"
    if _UNTIL.search(before) or _UNTIL_AFTER.match(plain, point.end):
        return "until"
    if _FROM_BEFORE.search(before) or _FROM_AFTER.match(plain, point.end):
        return "from"
    return "exact"
