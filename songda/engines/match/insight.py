"""Insight into a rule over many subjects: which condition turns them away, and which missing fact would settle most."""

from __future__ import annotations

from functools import reduce
from itertools import product

import numpy as np

from songda.engines.match.block import Block
from songda.engines.match.leaves import judge
from songda.engines.match.plan import Plan, Term
from songda.engines.match.rails import MAYBE, YES, Rails, Words, count, open_in, sealed
from songda.engines.rules.tree import Within

MOST_TRIED = 6  # conditions on one fact in one rule whose 2ⁿ outcomes are tried


def gates_in(plan: Plan, block: Block) -> list[tuple[int, int, int, int]]:
    """For each condition of a 且: how many are 是, how many 是 or 待核, 是 of all up to it, and 否 by it alone."""
    rails = plan.answer(block.rails, block.blank(len(plan.roots)))
    figures, left = [], ~block.sight.nowhere()
    for at, one in enumerate(rails):
        left = left & one[YES]
        others = [other[YES] for place, other in enumerate(rails) if place != at]
        alone = reduce(np.bitwise_and, others, ~one[MAYBE])
        figures.append(tuple(count(sealed(words.copy(), block.n)) for words in (one[YES], one[MAYBE], left, alone)))
    return [(yes, maybe, through, alone) for yes, maybe, through, alone in figures]


def settled_by(plan: Plan, block: Block) -> dict[str, int]:
    """For each fact of the (one) rule, the 待核 subjects that are decided whatever value the fact turns out to have."""
    unknown = open_in(_answer(plan, {}, block))
    facts = sorted(set().union(*(term.facts for term in plan.terms)))
    if not unknown.any():
        return dict.fromkeys(facts, 0)
    return {fact: count(sealed(unknown & _decided_by(fact, plan, block), block.n)) for fact in facts}


def _decided_by(fact: str, plan: Plan, block: Block) -> Words:
    """Where the rule is no longer 待核 for any outcome of the conditions that only this fact leaves open."""
    asked = [term for term in plan.terms if fact in term.facts]
    opened = {term: _open_for(fact, term, block) for term in asked}
    if len(asked) > MOST_TRIED:  # too many outcomes: count only where nothing else at all is open
        others = [open_in(block.rails(term)) & ~opened.get(term, block.sight.nowhere()) for term in plan.terms]
        return ~reduce(np.bitwise_or, others)
    outcomes = {term: _outcomes(block.rails(term), opened[term]) for term in asked}
    decided = ~block.sight.nowhere()
    for outcome in product((False, True), repeat=len(asked)):
        supposed = {term: pair[holds] for (term, pair), holds in zip(outcomes.items(), outcome, strict=True)}
        decided &= ~open_in(_answer(plan, supposed, block))
    return decided


def _open_for(fact: str, term: Term, block: Block) -> Words:
    """Where the condition is 待核 and would not be if this fact were known."""
    unknown = open_in(block.rails(term))
    if isinstance(term.leaf, Within):
        return unknown
    sight = block.sight.latest if term.latest else block.sight
    return unknown & ~open_in(judge(term.leaf, sight.supposing(fact)))


def _outcomes(rails: Rails, opened: Words) -> tuple[Rails, Rails]:
    """The condition with what is open settled as false, and as true."""
    return np.stack([rails[YES], rails[MAYBE] & ~opened]), np.stack([rails[YES] | opened, rails[MAYBE]])


def _answer(plan: Plan, supposed: dict[Term, Rails], block: Block) -> Rails:
    def rails_of(term: Term) -> Rails:
        return supposed[term] if term in supposed else block.rails(term)

    answer: Rails = plan.answer(rails_of, block.blank(1))[0]
    return answer
