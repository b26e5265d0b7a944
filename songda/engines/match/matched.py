"""What matching gives: for every rule its counts, and who is 是 and who 待核 as packed bits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from songda.engines.match.rails import WORD, YES, Rows, Words, open_in, rows_of
from songda.engines.rules.tree import Condition
from songda.engines.rules.verdict import Answer


@dataclass(frozen=True, slots=True)
class Counts:
    """Subjects by answer."""

    yes: int
    no: int
    unknown: int


@dataclass(frozen=True, eq=False)
class Matched:
    """The answers of all rules for all subjects: n ÷ 4 bytes a rule. Rows are places in `subjects`.

    `answers` has shape rules × 2 × words (see `rails.py`), `tally` rules × 2 (subjects that are 是; 是 or 待核).
    """

    subjects: Rows
    places: Mapping[str, int]
    answers: Words
    tally: npt.NDArray[np.int64]

    @property
    def n(self) -> int:
        """How many subjects."""
        return len(self.subjects)

    def counts(self, rule: str) -> Counts:
        """How many subjects are 是, 否 and 待核."""
        yes, maybe = (int(one) for one in self.tally[self.places[rule]])
        return Counts(yes, self.n - maybe, maybe - yes)

    def eligible(self, rule: str) -> Rows:
        """Rows that are 是, ascending."""
        return rows_of(self.eligible_words(rule), self.n)

    def undecided(self, rule: str) -> Rows:
        """Rows that are 待核, ascending."""
        return rows_of(self.undecided_words(rule), self.n)

    def eligible_words(self, rule: str) -> Words:
        """是 as bits, lowest bit first; 0 past the end."""
        words: Words = self.answers[self.places[rule], YES]
        return words

    def undecided_words(self, rule: str) -> Words:
        """待核 as bits, lowest bit first; 0 past the end. `.tobytes()` is what a run stores."""
        return open_in(self.answers[self.places[rule]])

    def answer(self, rule: str, row: int) -> Answer:
        """One subject's answer."""
        word, bit = divmod(row, WORD)
        yes, maybe = (int(one) >> bit & 1 for one in self.answers[self.places[rule], :, word])
        return Answer.YES if yes else Answer.UNKNOWN if maybe else Answer.NO

    def pairs(self) -> Iterator[tuple[str, Rows]]:
        """Each rule with the subject numbers that are 是."""
        for rule in self.places:
            yield rule, self.subjects[self.eligible(rule)]


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of a funnel 漏斗. `left`: 是 of this and all conditions before it; `alone`: would be 是 but for this one."""

    condition: Condition
    counts: Counts
    left: int
    alone: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How the answers change when one rule takes the place of another."""

    before: Counts
    after: Counts
    gained: Rows
    lost: Rows


@dataclass(frozen=True, slots=True)
class Amounts:
    """Fen for the asked rows, where `known`; 0 elsewhere, which is no amount."""

    fen: Rows
    known: npt.NDArray[np.bool_]

    @property
    def total(self) -> int:
        """The sum of the known amounts in fen."""
        return sum(int(part) for part in np.add.reduceat(self.fen, range(0, len(self.fen), 1 << 20))) if len(self.fen) else 0
