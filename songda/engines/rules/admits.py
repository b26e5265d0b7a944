"""Who a rule can still admit 开放: whether anybody with these facts could get 是, whatever else is true of him.

Three-valued, as judging is, with one difference: what is not among the given facts is *open*, also where judging a subject without
it would say 否 (`X 已知`). So 否 here holds for everybody who has the given facts. Guarantee and limits: docs/algorithms/guides.md.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import product

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.facts import Facts
from songda.engines.rules.judge import answer
from songda.engines.rules.verdict import Answer
from songda.engines.rules.walk import leaves, names_of

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
MOST_REPEATED = 8  # conditions written more than once that are tried both ways (2^8 evaluations); beyond it, Kleene alone

Say = Callable[[tree.Condition], Answer]


def admits(rule: tree.Condition, given: Facts, *, on: dt.date, catalogue: Catalogue) -> bool:
    """Whether the given facts leave the rule open: False only where nobody who has them can get 是.

    A condition that stands in the rule more than once is tried both ways, so that `甲 且 非甲` is closed.
    """
    known = {leaf: _of_leaf(leaf, given, on, catalogue) for leaf in leaves(rule)}
    counted = Counter(leaves(rule))
    doubted = [leaf for leaf, count in counted.items() if count > 1 and known[leaf] is UNKNOWN][:MOST_REPEATED]
    for tried in product((YES, NO), repeat=len(doubted)):
        said = {**known, **dict(zip(doubted, tried, strict=True))}
        if joined(rule, said) is not NO:
            return True
    return False


def joined(rule: tree.Condition, said: Mapping[tree.Condition, Answer]) -> Answer:
    """Kleene's answer of a rule, given the answer of each of its leaves."""
    if isinstance(rule, tree.Latest):
        return joined(rule.item, said)
    if isinstance(rule, tree.Not):
        return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[joined(rule.item, said)]
    if not isinstance(rule, tree.And | tree.Or | tree.AtLeast):
        return said[rule]
    answers = [joined(one, said) for one in rule.items]
    count = rule.count if isinstance(rule, tree.AtLeast) else len(answers) if isinstance(rule, tree.And) else 1
    if answers.count(YES) >= count:
        return YES
    return UNKNOWN if answers.count(YES) + answers.count(UNKNOWN) >= count else NO


def _of_leaf(leaf: tree.Condition, given: Facts, on: dt.date, catalogue: Catalogue) -> Answer:
    """A condition on given facts alone is judged; any other could be either."""
    if not set(names_of(leaf)) <= set(given):
        return UNKNOWN
    return answer(leaf, given, on=on, catalogue=catalogue)
