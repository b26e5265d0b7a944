"""Completion 补全: what may follow at a place of a text, names and keywords first that begin with what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.rules.build_numbers import SnagError
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.lattice import Branch, Lattice, acceptable
from songda.engines.rules.lexicon import TERMINAL_OF_KIND, Lexicon, half_width, lexicon_of
from songda.engines.rules.parse import MOST_CHARACTERS
from songda.engines.rules.show import show_code
from songda.engines.rules.words import CLASSES, SPELLINGS

_MARKS = frozenset({"COMMA", "DUN", "STOP", "COLON", "SEMI", "RPAR", "LPAR", "LBRACE", "RBRACE"})
_NOT_OFFERED = _MARKS | {"BARE_BOUND", "REFUSED_PICK"}
_WRITTEN = {"LIT": "数值", "PERIOD": "期限", "DAY": "日期", "RECENT": "近3年", "KOFN": "至少2项"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` may replace the characters from `start` to the place asked about; `kind` says what it is."""

    text: str
    kind: str
    start: int


def suggest(text: str, position: int, catalogue: Catalogue, start: str = "condition", most: int = 20) -> list[Suggestion]:
    """What may stand at `position`, given the text before it; `start` is `condition` or `amount`."""
    before = text[: min(position, MOST_CHARACTERS)]
    lattice = Lattice(before, lexicon_of(catalogue), start)
    try:
        lattice.walk()
    except SnagError:
        return []
    found: dict[str, Suggestion] = {}
    for branch in _turns(lattice, before):
        place = lattice.scanner.skip(branch.place)
        typed = half_width(before[place:])
        for word, kind in (*_with_unit(branch, typed, catalogue), *_words(branch, lattice.lexicon)):
            if _continues(half_width(word), typed):
                found.setdefault(word, Suggestion(word, kind, place))
    typed_of = {one.text: half_width(before[one.start :]) for one in found.values()}
    ranked = sorted(found.values(), key=lambda one: _rank(half_width(one.text), typed_of[one.text]))
    return ranked[:most]


def _continues(word: str, typed: str) -> bool:
    return word != typed and (word.startswith(typed) or (len(typed) > 1 and typed in word))


def _rank(word: str, typed: str) -> tuple[bool, bool]:
    """Words that go on from what is typed come first, then what may follow it, then words that hold it inside."""
    return bool(typed) and not word.startswith(typed), not typed


def _with_unit(branch: Branch, typed: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """50 beside 用工人数: 50人."""
    at: Branch | None = branch
    while at is not None and at.token is not None and at.token.type not in ("NUM", "SERIES"):
        at = at.before
    if typed.replace(".", "", 1).isdigit() and at is not None and at.token is not None:
        yield f"{typed}{catalogue.by_code[at.token.value].unit}", "数值"


def _turns(lattice: Lattice, before: str) -> Iterator[Branch]:
    """Where the last word may begin: after everything read, and before its last word where no blank closes it."""
    for branch in lattice.reached:
        if branch.before is not None and branch.place == len(before):
            yield branch.before
        yield branch


def _words(branch: Branch, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    expected = acceptable(branch.state)
    catalogue = lexicon.catalogue
    for entry in catalogue.facts:
        terminal = TERMINAL_OF_KIND[entry.kind]
        if terminal in expected:
            yield from ((name, CLASSES.get(terminal, "")) for name in (entry.name, *entry.aliases))
    if "CODE" in expected and branch.code_list in catalogue.code_lists:
        for code in catalogue.code_lists[branch.code_list].names:
            yield show_code(code, branch.code_list, catalogue), "代码或名称"
    for terminal in SPELLINGS:
        if terminal in expected - _NOT_OFFERED:
            words = SPELLINGS[terminal]
            yield from ((word, "关键词") for word in (words if terminal in ("GROWTH", "PICK", "TIERS", "MODE") else words[:1]))
    yield from ((word, CLASSES.get(terminal, "数值")) for terminal, word in _WRITTEN.items() if terminal in expected)
