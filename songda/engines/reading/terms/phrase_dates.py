"""Dates in conditions 日期条件: on which side of a day, or between which days, a date of the catalogue lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.rules.catalogue import Catalogue, Kind

_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_SINCE = r"(?:及之后|及以后|\(含(?:当日)?\)(?:之后|以后|起)|起)"
_UNTIL = r"(?:及之前|及以前|\(含(?:当日)?\)(?:之前|以前|前)|(?:之前|以前|前)\(含[^()]{0,9}\))"
_SPAN = re.compile(
    rf"(?:在|为|于)?(?:自)?{_DAY}(?:\(含\))?(?:至|到|-|~)(?:(\d{{4}})年)?(\d{{1,2}})月(\d{{1,2}})日(?:\(含\))?(?:期间|之间)?(?:的)?"
)
_SIDE = re.compile(rf"(?:在|为|于)?(?:自)?{_DAY}(?:(?P<since>{_SINCE})|(?P<until>{_UNTIL}))(?:的)?")
_DEEDS = (
    (r"(?:依法)?(?:登记注册|注册登记|注册成立|注册|成立)", "成立日期"),
    (r"(?:新)?(?:开工|开工建设)", "开工日期"),
    (r"(?:建成)?投产", "投产日期"),
    (r"竣工|竣工验收", "竣工日期"),
    (r"迁入", "迁入日期"),
)


def dated(said: str, catalogue: Catalogue) -> Iterator[str]:
    """Rule texts of a phrase that is a date fact and a day (授权公告日在…至…期间), or days and a deed (…至…期间成立)."""
    for pattern in (_SPAN, _SIDE):
        match = pattern.search(said)
        if match is None:
            continue
        before, after = said[: match.start()], said[match.end() :]
        fact = catalogue.by_name.get(before) if not after else None
        name = fact.name if fact is not None and fact.kind is Kind.DATE else ""
        if not name and not before:
            name = next((name for deed, name in _DEEDS if re.fullmatch(deed, after)), "")
        if name:
            yield _between(name, match) if pattern is _SPAN else _beside(name, match)
        return


def _day(year: str, month: str, day: str) -> str:
    return f"{year}年{int(month)}月{int(day)}日"


def _between(name: str, match: re.Match[str]) -> str:
    year, month, day, other, month2, day2 = match.groups()
    return f"{name} 介于 {_day(year, month, day)}(含) 与 {_day(other or year, month2, day2)}(含) 之间"


def _beside(name: str, match: re.Match[str]) -> str:
    sign = "≥" if match["since"] else "≤"
    return f"{name} {sign} {_day(match[1], match[2], match[3])}"
