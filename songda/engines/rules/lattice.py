"""The lattice of cuts 切分: every way a text can be cut into tokens that the grammar accepts, longest tokens first.

A token that stands free (blanks or delimiters on both sides) and that the grammar accepts is taken whole. Only inside an
unspaced piece are shorter cuts tried too, each with its own copy of the LALR parser's state. So the canonical print,
where every token stands free, has one reading whatever names the catalogue takes in later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from lark import Lark, Token, UnexpectedToken
from lark.lexer import Lexer
from lark.parsers.lalr_parser_state import ParserState

from songda.engines.rules.build import Builder
from songda.engines.rules.build_numbers import SnagError, span_of
from songda.engines.rules.lexicon import Lexicon
from songda.engines.rules.scan import Scanner
from songda.engines.rules.words import SPELLINGS

_MOST_STEPS = 20_000
_MOST_READINGS = 64
_AFTER_COMMA = ("AND", "OR", "CAP", "FLOOR", "ROUND_TO")
_AFTER_COMMA_WORDS = tuple(word for terminal in _AFTER_COMMA for word in SPELLINGS[terminal])


class _GivenTokens(Lexer):
    """Lark asks for a lexer; the lattice feeds the tokens itself."""

    def __init__(self, lexer_conf: Any) -> None:
        del lexer_conf

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        """No token of its own."""
        del lexer_state, parser_state
        yield from ()


_LARK = Lark(
    files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8"),
    parser="lalr",
    lexer=_GivenTokens,
    strict=True,
    keep_all_tokens=True,
    start=["condition", "amount"],
    transformer=Builder(),
)


@dataclass(frozen=True, slots=True)
class Branch:
    """One partial cut: where it stands, the parser's state, whose codes may follow, and what must follow a dropped comma."""

    place: int
    state: ParserState[Any]
    token: Token | None = None
    code_list: str = ""
    before: Branch | None = None
    must: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A cut that went no further: an unknown word (`token` None), a token out of place, or a snag."""

    branch: Branch
    place: int
    token: Token | None = None
    snag: SnagError | None = None


class Lattice:
    """All readings of one text from one start rule (`condition` or `amount`)."""

    def __init__(self, text: str, lexicon: Lexicon, start: str) -> None:
        self.scanner = Scanner(text, lexicon)
        self.lexicon = lexicon
        self.readings: list[Any] = []
        self.dead: list[DeadEnd] = []
        self.reached: list[Branch] = []  # the branches that came furthest
        self.root = Branch(0, _LARK.parse_interactive(start=start).parser_state)

    def walk(self) -> None:
        """Fill `readings` and `dead`; a SnagError says when there are too many cuts to try."""
        stack = [self.root]
        for _ in range(_MOST_STEPS):
            if not stack or len(self.readings) > _MOST_READINGS:
                return
            stack.extend(reversed(self.onward(stack.pop())))
        raise SnagError("too_ambiguous", (0, self.scanner.end))

    @property
    def overfull(self) -> bool:
        """Were there so many readings that not all were looked for?"""
        return len(self.readings) > _MOST_READINGS

    def onward(self, branch: Branch) -> list[Branch]:
        """The branches that continue this one by a token, best first."""
        place = self.scanner.skip(branch.place)
        if not self.reached or branch.place >= self.reached[-1].place:
            self.reached = [*(one for one in self.reached if one.place == branch.place), branch]
        if place == self.scanner.end:
            self._close(branch, place)
            return []
        tokens = self.scanner.candidates(place, branch.code_list)
        alive = [*self._commas(branch, tokens), *self._fed(branch, tokens)]
        if not alive:
            self._bury(branch, place, tokens)
        return self._preferred(alive)

    def _fed(self, branch: Branch, tokens: list[Token]) -> Iterator[Branch]:
        for token in tokens:
            if branch.must and token.type not in branch.must:
                continue
            try:
                state = feed(branch.state, token)
            except SnagError as snag:
                self.dead.append(DeadEnd(branch, span_of(token)[1], token, snag))
                continue
            if state is not None:
                code_list = self.lexicon.code_list_of(token.value) if token.type == "CODEF" else branch.code_list
                yield Branch(span_of(token)[1], state, token, code_list, branch)

    def _commas(self, branch: Branch, tokens: list[Token]) -> Iterator[Branch]:
        """A comma directly before 且, 或, 上限, 下限 says nothing."""
        for token in tokens:
            end = span_of(token)[1]
            if token.type == "COMMA" and self.scanner.plain.startswith(_AFTER_COMMA_WORDS, self.scanner.skip(end)):
                yield Branch(end, branch.state, branch.token, branch.code_list, branch.before, _AFTER_COMMA)

    def _preferred(self, alive: list[Branch]) -> list[Branch]:
        free = [one for one in alive if one.token is not None and not one.must and self.scanner.walled(one.token)]
        if not free or len(alive) == 1:
            return alive
        first, end = free[0].token, free[0].place
        if first is not None and first.type == "LIT" and "," in self.scanner.plain[slice(*span_of(first))]:
            return alive  # 取小(1,200元): a thousands mark, or two numbers
        return [one for one in alive if one.must or (one in free and one.place == end)]

    def _close(self, branch: Branch, place: int) -> None:
        end = Token("$END", "", start_pos=place, end_pos=place)
        try:
            state = branch.state.copy(deepcopy_values=False)
            self.readings.append(state.feed_token(end, is_end=True))
        except UnexpectedToken:
            self.dead.append(DeadEnd(branch, place, end))
        except SnagError as snag:
            self.dead.append(DeadEnd(branch, place, end, snag))

    def _bury(self, branch: Branch, place: int, tokens: list[Token]) -> None:
        if not any(one.snag and one.branch is branch for one in self.dead):
            self.dead.append(DeadEnd(branch, place, tokens[0] if tokens else None))


def feed(state: ParserState[Any], token: Token) -> ParserState[Any] | None:
    """The parser's state after a token, or None where it cannot stand there. The given state is left as it was."""
    after = state.copy(deepcopy_values=False)
    try:
        after.feed_token(token)
    except UnexpectedToken:
        return None
    return after


def acceptable(state: ParserState[Any]) -> set[str]:
    """The terminals that can stand next."""
    dry = copy(state.parse_conf)
    dry.callbacks = {}
    return {one for one in _upper(state.parse_conf.states[state.position]) if _fits(state, dry, one)}


def _upper(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name.isupper())


def _fits(state: ParserState[Any], dry: Any, terminal: str) -> bool:
    trial = state.copy(deepcopy_values=False)
    trial.parse_conf = dry
    try:
        trial.feed_token(Token(terminal, ""), is_end=terminal == "$END")
    except UnexpectedToken:
        return False
    return True
