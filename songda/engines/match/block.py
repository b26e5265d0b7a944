"""A block 块: a stretch of subjects, with the rails of the conditions already judged there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from songda.engines.match.leaves import judge
from songda.engines.match.plan import Term
from songda.engines.match.rails import WORD, Rails, Words, words_for
from songda.engines.match.sight import Sight


@dataclass
class Block:
    """Subjects from row `start` on. Remembers rails up to `room` bytes, the least recently used forgotten first."""

    sight: Sight
    start: int
    room: int
    _kept: OrderedDict[Term, Rails] = field(default_factory=OrderedDict, repr=False)

    @property
    def n(self) -> int:
        """How many subjects."""
        return self.sight.n

    @property
    def words(self) -> slice:
        """Where the block's bits stand among those of the whole frame."""
        return slice(self.start // WORD, self.start // WORD + words_for(self.n))

    @property
    def size(self) -> int:
        """Bytes of one condition's rails."""
        return 2 * 8 * words_for(self.n)

    def blank(self, rules: int) -> Words:
        """Room for the rails of so many rules."""
        return np.empty((rules, 2, words_for(self.n)), np.uint64)

    def meet(self, terms: Sequence[Term]) -> None:
        """Judge the conditions ahead, if all of them can be remembered: in their order a column is read from memory once."""
        if len(terms) * self.size <= self.room:
            for term in terms:
                self.rails(term)

    def rails(self, term: Term) -> Rails:
        """The rails of one condition."""
        found = self._kept.get(term)
        if found is not None:
            self._kept.move_to_end(term)
            return found
        found = judge(term.leaf, self.sight.latest if term.latest else self.sight)
        while self._kept and (len(self._kept) + 1) * self.size > self.room:
            self._kept.popitem(last=False)
        if self.size <= self.room:
            self._kept[term] = found
        return found
