"""The lexicon 词表: every word a text may hold under one catalogue, and which names a catalogue may take in.

Words are looked up in half width. A word may mean several things (a fact here, a code there); the grammar decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.engines.rules.words import OWN_WORD, SPELLINGS, TERMINAL_OF

Meaning = tuple[str, object]  # terminal, value
TERMINAL_OF_KIND = {
    Kind.BOOL: "BOOL",
    Kind.NUM: "NUM",
    Kind.DATE: "DATEF",
    Kind.CODE: "CODEF",
    Kind.SERIES: "SERIES",
    Kind.LIST: "LISTF",
    Kind.EVENT: "EVENT",
}
WALLS = frozenset("(){},，;；:：、→「」。")
_FORBIDDEN = re.compile(r"[\s(){}，,；;：:→「」<>=≥≤≠×÷。]")
_PATTERN_LIKE = re.compile(r"(?:至少\d+项|(?:最近|近)\d+(?:个月|年|天|工作日)|一项或多项)$")
_RISKY_ENDS = ("且", "或", "非", "在", "满", "属于", "超过", "不")
_FULL = "０１２３４５６７８９（）｛｝＜＞＝％＋－！＊／．" + "".join(map(chr, (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
_HALF = str.maketrans({one: chr(ord(one) - 0xFEE0) for one in _FULL})


def half_width(text: str) -> str:
    """Full-width digits, letters, brackets and operators to half width, one character to one; ， stays (no thousands mark)."""
    return text.translate(_HALF)


class WordTable:
    """Words with what they mean, found by longest match at a place."""

    def __init__(self) -> None:
        self.meanings: dict[str, list[Meaning]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, word: str, terminal: str, value: object) -> None:
        """Let `word` mean this too."""
        word = half_width(word)
        self.meanings.setdefault(word, []).append((terminal, value))
        known = self._lengths.get(word[0], ())
        self._lengths[word[0]] = tuple(sorted({*known, len(word)}, reverse=True))

    def at(self, text: str, place: int) -> Iterable[tuple[int, list[Meaning]]]:
        """Every word that starts at `place` of half-width `text`: its end and meanings, longest first."""
        for length in self._lengths.get(text[place], ()):
            found = self.meanings.get(text[place : place + length])
            if found is not None and len(text) >= place + length:
                yield place + length, found


class Lexicon:
    """The words of one catalogue: keywords and names in one table, codes in a table per code list."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.words = WordTable()
        for terminal, spellings in SPELLINGS.items():
            for spelling in spellings:
                self.words.add(spelling, terminal, spelling if terminal in OWN_WORD else spellings[0])
        for name, fact in catalogue.by_name.items():
            self.words.add(name, TERMINAL_OF_KIND[fact.kind], fact.code)
        self.codes = {key: _code_table(one) for key, one in catalogue.code_lists.items()}

    def code_list_of(self, fact: str) -> str:
        """The code list of a CODE fact."""
        return self.catalogue.by_code[fact].code_list


_CACHE: WeakKeyDictionary[Catalogue, Lexicon] = WeakKeyDictionary()


def lexicon_of(catalogue: Catalogue) -> Lexicon:
    """The lexicon of a catalogue, made once."""
    found = _CACHE.get(catalogue)
    if found is None:
        found = _CACHE[catalogue] = Lexicon(catalogue)
    return found


def flaws(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Names a catalogue must not take in, each with the reason (empty: all is well)."""
    found = [(name, reason) for one in catalogue.facts for name in (one.name, *one.aliases) if (reason := refusal(name))]
    names = [name for one in catalogue.facts for name in (one.name, *one.aliases)]
    found += [(name, "名称重复") for name in sorted({name for name in names if names.count(name) > 1})]
    found += [(one.name, reason) for one in catalogue.facts if (reason := _broken(one, catalogue.code_lists))]
    return tuple(found)


def refusal(name: str) -> str:
    """Why `name` may not become a fact's name, or nothing."""
    plain = half_width(name)
    if not plain:
        return "名称为空"
    if plain in TERMINAL_OF or _PATTERN_LIKE.match(plain):
        return "与关键词相同"
    if plain[0].isdigit() or plain[0] in "+-−*/%‰!":
        return "名称不能以数字或运算符号开头"
    if _FORBIDDEN.search(plain):
        return "名称不能含空格、括号、分隔号或比较符号"
    return ""


def cautions(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Names that are allowed but make unspaced texts ambiguous, each with the reason."""
    names = sorted(catalogue.by_name)
    found = [(name, "以关键字开头或结尾") for name in names if name.startswith(_RISKY_ENDS) or name.endswith(_RISKY_ENDS)]
    found += [(name, f"包含另一名称「{other}」") for name in names for other in names if other != name and other in name]
    return tuple(found)


def _broken(fact: FactKind, code_lists: Mapping[str, CodeList]) -> str:
    if fact.kind is Kind.CODE and fact.code_list not in code_lists:
        return f"代码表「{fact.code_list}」不存在"
    if fact.kind in (Kind.NUM, Kind.SERIES):
        try:
            _ = fact.measure
        except ValueError as error:
            return str(error)
    return ""


def _code_table(code_list: CodeList) -> WordTable:
    """Codes and names of a list; a name that several codes bear means all of them."""
    table = WordTable()
    by_name: dict[str, list[str]] = {}
    for code, name in code_list.names.items():
        by_name.setdefault(name, []).append(code)
    for code in code_list.names:
        table.add(code, "CODE", (code,))
    for name, codes in by_name.items():
        if name and name not in code_list.names:
            table.add(name, "CODE", tuple(codes))
    return table
