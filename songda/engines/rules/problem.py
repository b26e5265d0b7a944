"""Problems 问题: what is wrong with a rule's text, where, what was expected and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a problem: `text` replaces the characters from the problem's start to its end."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `start` and `end` count characters of the text as typed.

    `expected` names classes of what could stand there (at most six), `nearest` known names that look like `found`.
    """

    code: str
    start: int
    end: int
    message: str
    found: str = ""
    expected: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()


class RuleError(ValueError):
    """A text (or a JSON tree) that is no rule; `problems` says why. The message is the first problem's."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message)
        self.problems = problems
