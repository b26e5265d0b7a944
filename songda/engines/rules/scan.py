"""The scanner 扫描: which tokens can start at a place of a text, under a catalogue.

It proposes; the parser, which knows what may stand where, disposes (see lattice.py). Tokens are `lark.Token`s whose type
is the terminal (a name's token carries its kind) and whose value is the meaning: a fact's code, codes, a literal's parts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lark import Token

from songda.engines.rules.lexicon import WALLS, Lexicon, half_width
from songda.engines.rules.units import UNIT_NAMES, unit

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?")
_LONGEST_NUMBER = 24
_BLANKS = re.compile(r"\s{0,3}")
_DAY = re.compile(r"([0-9]{4})(?:年([0-9]{1,2})月([0-9]{1,2})日|-([0-9]{1,2})-([0-9]{1,2})(?![0-9]))")
_PERIOD = re.compile(r"([0-9]{1,4})\s{0,3}(个年度|年度|年|个月|个工作日|工作日|天|日)")
_RECENT = re.compile(r"(?:最近|近)\s{0,3}" + _PERIOD.pattern)
_K_OF_N = re.compile(r"至少\s{0,3}([0-9]{1,3})\s{0,3}项|一项或多项")
_PERIOD_NAMES = {"个年度": "年", "年度": "年", "个工作日": "工作日", "日": "天"}
_UNIT_ALIASES = {
    "百分点": "个百分点",
    "㎡": "平方米",
    "万㎡": "万平方米",
    "度": "千瓦时",
    "万度": "万千瓦时",
    "标准箱": "标箱",
    "万标准箱": "万标箱",
}
_UNITS = tuple(sorted((*UNIT_NAMES, *_UNIT_ALIASES), key=len, reverse=True))


class Scanner:
    """The tokens of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.plain = half_width(text)
        self.end = len(text)

    def skip(self, place: int) -> int:
        """The next place that is not blank."""
        while place < self.end and self.plain[place].isspace():
            place += 1
        return place

    def walled(self, token: Token) -> bool:
        """Does the token stand free: blanks, delimiters or the text's ends on both sides?"""
        return self._edge(_start(token)) and self._edge(_end(token))

    def candidates(self, place: int, code_list: str) -> list[Token]:
        """Every token that can start at `place`, longest first. `code_list`: whose codes may be named here."""
        if self.plain[place] == "「":
            found = list(self._quoted(place, code_list))
        else:
            found = [*self._words(place), *self._codes(place, code_list), *self._numbers(place), *self._patterns(place)]
        return sorted(found, key=lambda token: -_end(token))

    def _edge(self, place: int) -> bool:
        if place in (0, self.end):
            return True
        before, after = self.plain[place - 1], self.plain[place]
        return before in WALLS or after in WALLS or before.isspace() or after.isspace()

    def _words(self, place: int) -> Iterator[Token]:
        for end, meanings in self.lexicon.words.at(self.plain, place):
            for terminal, value in meanings:
                yield _token(terminal, value, place, end)

    def _codes(self, place: int, code_list: str) -> Iterator[Token]:
        if code_list not in self.lexicon.codes:
            return
        for end, meanings in self.lexicon.codes[code_list].at(self.plain, place):
            if end < self.end and _joins(self.plain[end - 1], self.plain[end]):
                continue
            for terminal, value in meanings:
                yield _token(terminal, value, place, end)
            close = self._closing(end)
            if close and self.plain[end + 1 : close - 1] in self._names(code_list, meanings[0][1]):
                yield _token("CODE", meanings[0][1], place, close)

    def _names(self, code_list: str, codes: object) -> list[str]:
        names = self.lexicon.catalogue.code_lists[code_list].names
        return [half_width(names[code]) for code in codes] if isinstance(codes, tuple) else []

    def _closing(self, place: int) -> int:
        """The end of the quotation 「…」 that starts at `place`, or 0."""
        if place >= self.end or self.plain[place] != "「":
            return 0
        return self.plain.find("」", place) + 1

    def _quoted(self, place: int, code_list: str) -> Iterator[Token]:
        close = self._closing(place)
        name = self.plain[place + 1 : close - 1]
        meanings = [one for one in self.lexicon.words.meanings.get(name, ()) if one[1] in self.lexicon.catalogue.by_code]
        if code_list in self.lexicon.codes:
            meanings = [*meanings, *self.lexicon.codes[code_list].meanings.get(name, ())]
        for terminal, value in meanings if close else ():
            yield _token(terminal, value, place, close)

    def _numbers(self, place: int) -> Iterator[Token]:
        for pattern in (_THOUSANDS, _NUMBER):
            found = pattern.match(self.plain, place)
            if found is None:
                continue
            if len(found.group()) > _LONGEST_NUMBER:
                yield _token("BAD_NUMBER", found.group(), place, found.end())
                continue
            digits = _tidy(found.group())
            yield _token("LIT", (digits, ""), place, found.end())
            blank = _BLANKS.match(self.plain, found.end())
            for name, end in self._units(blank.end() if blank else found.end()):
                yield _token("LIT", (digits, name), place, end)

    def _units(self, place: int) -> Iterator[tuple[str, int]]:
        for word in _UNITS:
            if self.plain.startswith(word, place):
                name, end = _UNIT_ALIASES.get(word, word), place + len(word)
                yield name, end
                yield from self._per(name, end)

    def _per(self, name: str, place: int) -> Iterator[tuple[str, int]]:
        """元 before /人次: 元/人次."""
        if not self.plain.startswith("/", place):
            return
        for below, end in self._units(place + 1):
            if "/" not in below and unit(f"{name}/{below}") is not None:
                yield f"{name}/{below}", end

    def _patterns(self, place: int) -> Iterator[Token]:
        if found := _DAY.match(self.plain, place):
            year, *rest = (int(part) for part in found.groups() if part)
            day = _day(year, *rest)
            yield _token("DAY" if day else "BAD_DAY", day or found.group(), place, found.end())
        if found := _PERIOD.match(self.plain, place):
            yield _token("PERIOD", _period(found), place, found.end())
        if found := _RECENT.match(self.plain, place):
            yield _token("RECENT", _period(found), place, found.end())
        if found := _K_OF_N.match(self.plain, place):
            yield _token("KOFN", int(found.group(1) or 1), place, found.end())


def _token(terminal: str, value: object, start: int, end: int) -> Token:
    token = Token(terminal, "", start_pos=start, end_pos=end)
    token.value = value
    return token


def _start(token: Token) -> int:
    return token.start_pos or 0


def _end(token: Token) -> int:
    return token.end_pos or 0


def _joins(before: str, after: str) -> bool:
    """Would a code end inside a longer run of letters and digits?"""
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def _tidy(digits: str) -> str:
    """1,000 → 1000; 007 → 7."""
    plain = digits.replace(",", "").lstrip("0")
    return plain if plain and plain[0] != "." else f"0{plain}"


def _period(found: re.Match[str]) -> tuple[int, str]:
    return int(found.group(1)), _PERIOD_NAMES.get(found.group(2), found.group(2))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
