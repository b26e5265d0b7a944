"""Dates 日期: calendar dates and spans in a text, with the year filled in from the document where it is left out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from songda.engines.reading.clauses import clause_around
from songda.engines.reading.document import Moment, Quote
from songda.engines.reading.numerals import arabic, shadow

_YEAR = r"(?:(?P<{0}year>(?:19|20)\d{{2}}|[一二三四五六七八九〇○零]{{4}})\s*年(?:度)?\s*)"
_DAY = r"(?P<{0}month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])\s*月(?:份)?\s*(?:(?P<{0}day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*[日号]|(?P<{0}end>底|末))?"
_POINT = re.compile(_YEAR.format("") + "?" + _DAY.format(""))
_QUARTER = re.compile(_YEAR.format("") + r"?第?(?P<quarter>[一二三四1-4])\s*季度")
_YEAR_END = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年\s*(?:年)?(?:底|末)")
_TO = re.compile(r"\s*(?:\([^)]{0,6}\))?\s*(?:起)?\s*(?:至|到|-{1,2}|~|—)\s*(?:当年|次年)?\s*$")
_AND = re.compile(r"\s*(?:、|和|及|-)\s*$")
_UNTIL = re.compile(r"(?:至|到|截至|截止(?:时间|日期)?为?|截止到|延长至|顺延至|不超过|直至)\s*$")
_BY_AFTER = re.compile(r"\s*(?:\([^)]*\))?\s*(?:之?前|以前)")
_FROM_BEFORE = re.compile(r"(?:自|从)\s*$")
_FROM_AFTER = re.compile(r"\s*(?:之?日)?\s*(?:起|以来|以后|之后|后)")
_UNTIL_AFTER = re.compile(r"\s*(?:之?日)?\s*(?:止|为止|终止)")

Point = tuple[int, int, str, str]  # span, ISO, form (`day`, `month`, `quarter`)


def dates(text: str, start: int, end: int, year: int | None) -> tuple[Moment, ...]:
    """All dates in the span; those without a year are left out where `year` is None."""
    plain = shadow(text)
    points = list(_points(plain, start, end, year))
    found: list[Moment] = []
    at = 0
    while at < len(points):
        last = _span_end(plain, points, at)
        found.append(_moment(text, plain, points[at], points[last] if last > at else None, (start, end)))
        at = last + 1
    return tuple(found)


def iso(year: int, month: int, day: int | None) -> str | None:
    """`YYYY-MM-DD` or `YYYY-MM`; None where there is no such day."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _points(plain: str, start: int, end: int, year: int | None) -> Iterator[Point]:
    matches = [(match, "quarter") for match in _QUARTER.finditer(plain, start, end)]
    matches += [(match, "year") for match in _YEAR_END.finditer(plain, start, end)]
    matches += [
        (match, "day")
        for match in _POINT.finditer(plain, start, end)
        if plain[match.start() - 1 : match.start()] not in ("个", "第", ".")
    ]
    running = year
    reached = start
    for match, form in sorted(matches, key=lambda one: (one[0].start(), -one[0].end())):
        if match.start() < reached:
            continue
        said = match["year"]
        running = int(arabic(said) or 0) if said else running
        if running is None:
            continue
        for point in _read(match, form, running):
            reached = match.end()
            yield point


def _read(match: re.Match[str], form: str, year: int) -> Iterator[Point]:
    start, end = match.span()
    if form == "year":
        yield start, end, f"{year:04d}-12-31", "day"
    elif form == "quarter":
        quarter = int(arabic(match["quarter"]) or 1)
        yield start, end, f"{year:04d}-{3 * quarter - 2:02d}", "quarter"
    else:
        month = int(arabic(match["month"]) or 0)
        value = iso(year, month, _day(match, year, month))
        if value:
            yield start, end, value, "day" if len(value) > 7 else "month"


def _day(match: re.Match[str], year: int, month: int) -> int | None:
    if match["end"]:
        return calendar.monthrange(year, month)[1] if 1 <= month <= 12 else None
    return int(arabic(match["day"]) or 0) if match["day"] else None


def _span_end(plain: str, points: list[Point], at: int) -> int:
    last = at
    while last + 1 < len(points):
        between = plain[points[last][1] : points[last + 1][0]]
        months = points[last][3] == points[last + 1][3] == "month"
        if not ((last == at and _TO.fullmatch(between)) or (months and _AND.fullmatch(between))):
            break
        last += 1
    return last


def _moment(text: str, plain: str, first: Point, last: Point | None, within: tuple[int, int]) -> Moment:
    end = (last or first)[1]
    closing = last[2] if last else _quarter_end(first)
    return Moment(
        first=first[2],
        last=closing,
        role="exact" if closing else _role(plain, first),
        quote=Quote.of(text, *clause_around(plain, first[0], end, *within)),
        mark=Quote.of(text, first[0], end),
    )


def _quarter_end(point: Point) -> str | None:
    return f"{point[2][:5]}{int(point[2][5:7]) + 2:02d}" if point[3] == "quarter" else None


def _role(plain: str, point: Point) -> str:
    before = plain[max(0, point[0] - 6) : point[0]]
    if _UNTIL.search(before) or _UNTIL_AFTER.match(plain, point[1]):
        return "until"
    if _BY_AFTER.match(plain, point[1]):
        return "by"
    if _FROM_BEFORE.search(before) or _FROM_AFTER.match(plain, point[1]):
        return "from"
    return "exact"
