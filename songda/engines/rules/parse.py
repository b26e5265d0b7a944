"""Parsing 解析: text under a catalogue → tree, or a `RuleError` that says where, what was expected and how to mend it."""

from __future__ import annotations

from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.blame import blame, blame_snag
from songda.engines.rules.build_numbers import SnagError
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.check import check
from songda.engines.rules.lattice import Lattice
from songda.engines.rules.lexicon import half_width, lexicon_of
from songda.engines.rules.problem import Fix, Problem, RuleError
from songda.engines.rules.show import show

MOST_CHARACTERS = 20_000
MOST_BRACKETS = 50


def parse_condition(text: str, catalogue: Catalogue) -> tree.Condition:
    """The condition a text states. Raises `RuleError`."""
    found: tree.Condition = _parse(text, catalogue, "condition")
    return found


def parse_amount(text: str, catalogue: Catalogue) -> tree.Amount:
    """The formula of money a text states. Raises `RuleError`."""
    found: tree.Amount = _parse(text, catalogue, "amount")
    return found


def _parse(text: str, catalogue: Catalogue, start: str) -> Any:
    _refuse_unwieldy(text)
    lattice = Lattice(text, lexicon_of(catalogue), start)
    try:
        lattice.walk()
    except SnagError as snag:
        raise RuleError(blame_snag(text, snag)) from None
    if not lattice.readings:
        raise RuleError(blame(text, lattice))
    sound, errors = _sound(lattice.readings, catalogue)
    if lattice.overfull and len(sound) < 2:
        raise RuleError(blame_snag(text, SnagError("too_ambiguous", (0, len(text)))))
    if not sound:
        raise errors[0]
    if len(sound) > 1:
        raise RuleError(_ambiguous(text, sound, catalogue))
    return sound[0]


def _sound(readings: list[Any], catalogue: Catalogue) -> tuple[list[Any], list[RuleError]]:
    """The readings that are well typed, each meaning once, and what is wrong with the others."""
    sound: list[Any] = []
    errors: list[RuleError] = []
    for one in readings:
        try:
            check(one, catalogue)
        except RuleError as error:
            errors.append(error)
        else:
            sound += [one] if one not in sound else []
    return sound, errors


def _ambiguous(text: str, readings: list[Any], catalogue: Catalogue) -> Problem:
    texts = [show(one, catalogue) for one in readings]
    fixes = tuple(Fix(one, one) for one in texts[:6])
    message = "这句话有两种读法：" + " 还是 ".join(f"“{one}”" for one in texts[:2]) + "？请在词与词之间加空格"
    return Problem("ambiguous", 0, len(text), message, text, ("空格",), fixes=fixes)


def _refuse_unwieldy(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        message = f"规则太长（{len(text)}字，最多{MOST_CHARACTERS}字），请拆成几条"
        raise RuleError(Problem("too_long", MOST_CHARACTERS, len(text), message))
    depth = 0
    for place, one in enumerate(half_width(text)):
        depth += (one in "({") - (one in ")}")
        if depth > MOST_BRACKETS:
            raise RuleError(Problem("too_deep", place, place + 1, f"括号套得太深（最多{MOST_BRACKETS}层）", one))
