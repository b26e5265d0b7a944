"""Shortest change 差在哪里: the fewest facts whose change turns 否 into 是, and the facts that would settle a 待核.

At most three facts; among sets of one size those without fixed facts (成立日期, 注册地) come first, then the order of the
text. Every offered set has been judged: with these values the rule answers 是.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.facts import Facts
from songda.engines.rules.judge import Prepared, prepare, settling_of
from songda.engines.rules.remedies import Pharmacy, Remedy
from songda.engines.rules.tell import tell
from songda.engines.rules.verdict import Answer, Change, Verdict

MOST_FACTS = 3
_MOST_WAYS = 40
Way = tuple[Remedy, ...]


def explain(rule: tree.Condition, facts: Facts, *, on: dt.date, catalogue: Catalogue) -> Verdict:
    """The verdict with its reasons, and for 否 the shortest change."""
    prepared = prepare(rule, catalogue)
    verdict = prepared.judge(facts, on=on)
    if verdict.answer is not Answer.NO:
        return verdict
    return replace(verdict, changes=changes_of(prepared, Pharmacy(facts, on, catalogue)))


def shortest_change(rule: tree.Condition, facts: Facts, *, on: dt.date, catalogue: Catalogue) -> tuple[Change, ...]:
    """The smallest set of changes that gives 是 (empty: already 是, or more than three facts away)."""
    return changes_of(prepare(rule, catalogue), Pharmacy(facts, on, catalogue))


def changes_of(prepared: Prepared, pharmacy: Pharmacy) -> tuple[Change, ...]:
    """The same of a rule that is compiled already, for the pharmacy's subject and day; one pharmacy may serve many rules."""
    return () if prepared.answer(pharmacy.facts, on=pharmacy.on) is Answer.YES else _Search(prepared, pharmacy).changes()


def settling_facts(rule: tree.Condition, facts: Facts, *, on: dt.date, catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of the missing or stale facts whose knowledge could settle a 待核; empty for 是 and 否."""
    verdict = prepare(rule, catalogue).judge(facts, on=on)
    return settling_of(verdict.reasons) if verdict.answer is Answer.UNKNOWN else ()


class _Search:
    """Ways to make each part of a rule answer as wanted, smallest first, from the leaves up."""

    def __init__(self, prepared: Prepared, pharmacy: Pharmacy) -> None:
        self.rule = prepared.condition
        self.facts = pharmacy.facts
        self.on = pharmacy.on
        self.prepared = prepared
        self.catalogue = pharmacy.catalogue
        self.pharmacy = pharmacy
        self.order = {fact: place for place, fact in enumerate(prepared.facts)}

    def changes(self) -> tuple[Change, ...]:
        for way in self.ways(self.rule, want=True):
            after = {**self.facts, **{one.fact: one.datum for one in way}}
            if self.prepared.answer(after, on=self.on) is Answer.YES:
                return tuple(self._change(one) for one in way)
        return ()

    def ways(self, node: tree.Condition, *, want: bool) -> list[Way]:
        if isinstance(node, tree.Not):
            return self.ways(node.item, want=not want)
        if isinstance(node, tree.Latest):
            return self.ways(node.item, want=want)
        if isinstance(node, tree.And | tree.Or | tree.AtLeast):
            return self._of_branch(node, want=want)
        return self._sorted(self._of_leaf(node, want=want))

    def _of_leaf(self, node: tree.Condition, *, want: bool) -> list[Way]:
        found = self.pharmacy.for_leaf(node, want=want)
        return [()] if found is None else [(one,) for one in found]

    def _of_branch(self, node: tree.And | tree.Or | tree.AtLeast, *, want: bool) -> list[Way]:
        """Ways for at least `needed` of the items, built item by item; what is already as wanted costs nothing."""
        total = len(node.items)
        count = node.count if isinstance(node, tree.AtLeast) else total if isinstance(node, tree.And) else 1
        needed = count if want else total - count + 1
        reached: list[list[Way]] = [[()], *([] for _ in range(needed))]
        for place, item in enumerate(node.items):
            options, least = self.ways(item, want=want), needed - (total - place) + 1  # with fewer, the rest cannot be enough
            for level in range(min(needed, place + 1), max(least, 1) - 1, -1):
                more = [way for pair in product(reached[level - 1], options) for way in _joined(*pair)]
                reached[level] = self._sorted([*reached[level], *more])
            if not any(reached[max(least, 0) :]):
                return []
        return reached[needed]

    def _sorted(self, ways: list[Way]) -> list[Way]:
        """Small sets first, fixed facts last, then the order of the text; each set of values once, the best few."""
        ordered = [tuple(sorted(way, key=lambda one: self.order[one.fact])) for way in ways]
        kept = {tuple((one.fact, one.needed) for one in way): way for way in ordered if len(way) <= MOST_FACTS}
        return sorted(kept.values(), key=self._rank)[:_MOST_WAYS]

    def _rank(self, way: Way) -> tuple[int, int, tuple[int, ...]]:
        fixed = sum(self.catalogue.by_code[one.fact].fixed for one in way)
        return len(way), fixed, tuple(self.order[one.fact] for one in way)

    def _change(self, one: Remedy) -> Change:
        entry, datum = self.catalogue.by_code[one.fact], self.facts.get(one.fact)
        now = tell(datum.value, entry, self.catalogue, self.on) if datum is not None else "未知"
        return Change(one.fact, entry.name, now, one.needed, entry.fixed)


def _joined(left: Way, right: Way) -> list[Way]:
    """Both ways together. Where both change one fact, each value is tried for both (the end judges which holds)."""
    clash = {one.fact for one in left} & {one.fact for one in right}
    if not clash:
        return [(*left, *right)]
    return [
        (*(one for one in left if one.fact not in clash), *right),
        (*left, *(one for one in right if one.fact not in clash)),
    ]
