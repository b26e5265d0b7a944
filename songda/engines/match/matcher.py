"""The matcher 匹配器: all subjects of a frame against any rules, on one day, remembering the rails of every condition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from songda.engines.match.amounts import amounts_of
from songda.engines.match.block import Block
from songda.engines.match.frame import Frame
from songda.engines.match.insight import gates_in, settled_by
from songda.engines.match.matched import Amounts, Counts, Gate, Matched, WhatIf
from songda.engines.match.plan import Plan
from songda.engines.match.rails import rows_of, tallied, words_for
from songda.engines.match.sight import Sight
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.tree import Amount, And, Condition

BLOCK = 1 << 18  # subjects evaluated together: bounds the working memory, and a column of a block stays in the cache
CACHE_BYTES = 256 << 20
_Result = TypeVar("_Result")


class Matcher:
    """One frame on one day. A condition met before costs nothing again, so one new rule takes milliseconds.

    Memory beyond the frame: `cache_bytes` for remembered rails, and for each thread the columns of one block that it works on.
    `block` is a multiple of 64. A second thread gains a tenth at best and often loses: the steps are short, and the
    threads wait for the interpreter's lock. Two processes do not.
    """

    def __init__(
        self,
        frame: Frame,
        catalogue: Catalogue,
        on: dt.date,
        *,
        cache_bytes: int = CACHE_BYTES,
        block: int = BLOCK,
        threads: int = 1,
    ) -> None:
        starts = range(0, frame.n, block) if frame.n else (0,)
        self.frame = frame
        self.sight = Sight(frame, catalogue, on)
        self._blocks = [self._cut(start, min(start + block, frame.n), cache_bytes // len(starts)) for start in starts]
        self._threads = min(threads, len(self._blocks))

    def match(self, rules: Mapping[str, Condition] | Plan) -> Matched:
        """Every rule's answer for every subject."""
        plan = rules if isinstance(rules, Plan) else Plan.of(rules)
        answers = np.empty((len(plan.roots), 2, words_for(self.frame.n)), np.uint64)

        def fill(block: Block) -> npt.NDArray[np.int64]:
            block.meet(plan.terms)
            return tallied(plan.answer(block.rails, answers[:, :, block.words]), block.n)

        tally = np.sum(self._each(fill), axis=0)
        return Matched(self.frame.subjects, {name: at for at, name in enumerate(plan.roots)}, answers, tally)

    def funnel(self, rule: Condition) -> tuple[Gate, ...]:
        """How a rule's conditions sift the subjects, in the order of its text; a rule that is no 且 is one condition."""
        items = rule.items if isinstance(rule, And) else (rule,)
        plan = Plan.of({str(at): item for at, item in enumerate(items)})
        figures = np.sum([np.array(one) for one in self._each(lambda block: gates_in(plan, block))], axis=0)
        return tuple(
            Gate(item, Counts(int(yes), self.frame.n - int(maybe), int(maybe - yes)), int(left), int(alone))
            for item, (yes, maybe, left, alone) in zip(items, figures, strict=True)
        )

    def settling(self, rule: Condition) -> dict[str, int]:
        """For each fact, how many 待核 subjects would be decided, either way, by learning this fact alone; most first."""
        plan = Plan.of({"": rule})
        found: dict[str, int] = {}
        for one in self._each(lambda block: settled_by(plan, block)):
            for fact, number in one.items():
                found[fact] = found.get(fact, 0) + number
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def what_if(self, before: Condition, after: Condition, among: Condition | None = None) -> WhatIf:
        """What changes if a rule becomes another, among the subjects that a third condition (an area) picks."""
        pair = {"before": before, "after": after}
        if among is not None:
            pair = {name: And((among, rule)) for name, rule in pair.items()}
        matched = self.match(pair)
        old, new = matched.eligible_words("before"), matched.eligible_words("after")
        gained, lost = rows_of(new & ~old, self.frame.n), rows_of(old & ~new, self.frame.n)
        return WhatIf(matched.counts("before"), matched.counts("after"), gained, lost)

    def amounts(self, amount: Amount, rows: npt.ArrayLike) -> Amounts:
        """A formula's fen at these rows, exactly. Ask for 是 only: an amount for 否 has no meaning."""
        return amounts_of(amount, self.sight, np.asarray(rows, np.int64))

    def _cut(self, start: int, stop: int, room: int) -> Block:
        sight = Sight(self.frame.slice(start, stop), self.sight.catalogue, self.sight.on)
        return Block(sight, start, room)

    def _each(self, work: Callable[[Block], _Result]) -> list[_Result]:
        """Do the work on every block, on several threads if asked for (numpy lets go of the interpreter's lock)."""
        if self._threads < 2:
            return [work(block) for block in self._blocks]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(work, self._blocks))


def match(frame: Frame, rules: Mapping[str, Condition] | Plan, *, on: dt.date, catalogue: Catalogue) -> Matched:
    """Every rule's answer for every subject of the frame on this day; nothing is remembered afterwards."""
    return Matcher(frame, catalogue, on).match(rules)
