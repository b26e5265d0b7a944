"""The words of a case as facts: `用工人数: 50人`, `失信名单: 不在`, `历年营业收入: 2018年 500万元；2019年 600万元`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.facts import Datum, Facts, Plain, Standing
from songda.engines.rules.units import Unit, unit

_NUMBER = re.compile(r"(?P<number>-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>.*)")
_DAY = re.compile(r"(\d{4})(?:年|-)(\d{1,2})(?:月|-)(\d{1,2})日?")
_YEAR = re.compile(r"(\d{4})年?\s*[:：]?\s*(.+)")
_SINCE = dt.date(1949, 10, 1)  # a case that says 在 or 不在 means a list known to be complete


class WrongWords(ValueError):
    """Words that are no value of the fact; the message says what was expected."""


def facts_of(given: Mapping[str, str], catalogue: Catalogue, on: dt.date) -> Facts:
    """The facts a case states, as known on its day. Raises `WrongWords`."""
    found: dict[str, Datum] = {}
    for name, words in given.items():
        fact = catalogue.by_name.get(name)
        if fact is None:
            raise WrongWords(f"目录里没有「{name}」")
        found[fact.code] = Datum(value_of(fact, words.strip(), catalogue), as_of=on, source="案例")
    return found


def value_of(fact: FactKind, words: str, catalogue: Catalogue) -> Plain:
    """The value that words state for a fact."""
    return _READERS[fact.kind](fact, words, catalogue)


def fen_of(words: str) -> int:
    """A sum of money in words (4万元) as fen."""
    amount = _quantity(words, unit("元"), "金额") * 100
    if amount.denominator != 1:
        raise WrongWords(f"金额「{words}」细于分")
    return int(amount)


def _bool(fact: FactKind, words: str, _catalogue: Catalogue) -> bool:
    if words not in ("是", "否"):
        raise WrongWords(f"「{fact.name}」应为 是 或 否，现为「{words}」")
    return words == "是"


def _number(fact: FactKind, words: str, _catalogue: Catalogue) -> Fraction:
    return _quantity(words, fact.measure, fact.name)


def _quantity(words: str, wanted: Unit | None, name: str) -> Fraction:
    found = _NUMBER.fullmatch(words)
    written = unit(found["unit"]) if found else None
    if found is None or written is None or wanted is None or written.dimension != wanted.dimension:
        raise WrongWords(f"「{name}」应为带单位的数（单位 {wanted.name if wanted else '未登记'}），现为「{words}」")
    return Fraction(found["number"].replace(",", "")) * written.factor


def _date(fact: FactKind, words: str, _catalogue: Catalogue) -> dt.date:
    found = _DAY.fullmatch(words)
    if found is None:
        raise WrongWords(f"「{fact.name}」应为日期（如 2020年3月17日），现为「{words}」")
    return dt.date(*(int(part) for part in found.groups()))


def _code(fact: FactKind, words: str, catalogue: Catalogue) -> str:
    names = catalogue.code_lists[fact.code_list].names
    codes = [words] if words in names else [code for code, name in names.items() if name == words]
    if len(codes) != 1:
        raise WrongWords(f"「{fact.name}」的代码表里{'没有' if not codes else '有多个'}「{words}」")
    return codes[0]


def _series(fact: FactKind, words: str, _catalogue: Catalogue) -> Mapping[int, Fraction]:
    found = [_YEAR.fullmatch(part.strip()) for part in re.split("[；;]", words)]
    if not all(found):
        raise WrongWords(f"「{fact.name}」应写作“2018年 500万元；2019年 600万元”，现为「{words}」")
    return {int(year[1]): _quantity(year[2], fact.measure, fact.name) for year in found if year}


def _list(fact: FactKind, words: str, _catalogue: Catalogue) -> Standing:
    if words not in ("在", "不在"):
        raise WrongWords(f"「{fact.name}」应为 在 或 不在，现为「{words}」")
    always = ((_SINCE, None),)
    return Standing(member=always if words == "在" else (), covered=always)


def _event(fact: FactKind, words: str, catalogue: Catalogue) -> tuple[dt.date, ...]:
    if words == "无":
        return ()
    return tuple(_date(fact, part.strip(), catalogue) for part in re.split("[；;、]", words))


_READERS: dict[Kind, Callable[[FactKind, str, Catalogue], Plain]] = {
    Kind.BOOL: _bool,
    Kind.NUM: _number,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.SERIES: _series,
    Kind.LIST: _list,
    Kind.EVENT: _event,
}
