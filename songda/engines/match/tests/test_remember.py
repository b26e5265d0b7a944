"""A matcher remembers the rails of conditions it has met, within its room, and shares them among rules."""

from __future__ import annotations

import random

import pytest

from songda.engines.match.block import Block
from songda.engines.match.frame import Frame
from songda.engines.match.matcher import Matcher
from songda.engines.match.plan import Plan, facts_of
from songda.engines.match.sight import MatchError, Sight
from songda.engines.match.tests.cast import CATALOGUE, ON, columns, firms
from songda.engines.match.tests.strategies import condition
from songda.engines.rules import tree
from songda.engines.rules.tree import And, Compare, Holds, Latest, Literal, Not, Or, OverYears, Value

KEY, EXPORT, INSURED = Holds("key"), Holds("export"), Holds("insured")
N = 500
RAIL = 2 * 8 * 8  # bytes of the rails of 500 subjects


def _block(room: int) -> Block:
    frame = Frame.of(columns(firms(random.Random(1), N)), CATALOGUE)
    return Block(Sight(frame, CATALOGUE, ON), 0, room)


def test_equal_conditions_are_one_in_a_plan() -> None:
    plan = Plan.of({"a": And((KEY, EXPORT)), "b": And((Holds("export"), Holds("key"))), "c": Or((KEY, And((KEY, EXPORT))))})
    assert len(plan.terms) == 2
    assert plan.roots["a"] == plan.roots["b"]


def test_latest_is_another_condition_than_the_same_without() -> None:
    assert len(Plan.of({"a": INSURED, "b": Latest(INSURED), "c": Latest(And((INSURED, KEY)))}).terms) == 3


def test_a_remembered_condition_is_not_judged_again() -> None:
    block = _block(10 * RAIL)
    (term,) = Plan.of({"a": KEY}).terms
    (again,) = Plan.of({"b": Not(Holds("key"))}).terms
    assert block.rails(term) is block.rails(again)


def test_the_least_recently_used_goes_first_and_room_is_kept() -> None:
    block = _block(2 * RAIL)
    key, export, insured = Plan.of({"a": KEY, "b": EXPORT, "c": INSURED}).terms
    first, second = block.rails(key), block.rails(export)
    assert block.rails(key) is first
    block.rails(insured)
    assert block.rails(key) is first
    assert block.rails(export) is not second


@pytest.mark.parametrize("room", [0, RAIL, 64 << 20])
def test_answers_do_not_depend_on_the_room(room: int) -> None:
    rng = random.Random(6)
    frame = Frame.of(columns(firms(rng, N)), CATALOGUE)
    rules = {f"r{at}": condition(rng, 3) for at in range(40)}
    matcher = Matcher(frame, CATALOGUE, ON, cache_bytes=room, block=64)
    first = matcher.match(rules)
    again = matcher.match(dict(reversed(rules.items())))
    fresh = Matcher(frame, CATALOGUE, ON).match(rules)
    for name in rules:
        assert first.counts(name) == again.counts(name) == fresh.counts(name)
        assert (first.eligible_words(name) == again.eligible_words(name)).all()


def test_the_facts_of_a_rule_are_found_at_any_depth() -> None:
    rule = And((KEY, Not(Compare("≥", OverYears("合计", "output", 2), tree.Arithmetic("×", Value("rnd"), Literal("2", ""))))))
    assert facts_of(rule) == {"key", "output", "rnd"}


def test_what_has_no_exact_value_is_refused() -> None:
    growth = OverYears("复合增长率", "output", 3)
    matcher = Matcher(Frame.of(columns(firms(random.Random(1), 5)), CATALOGUE), CATALOGUE, ON)
    with pytest.raises(MatchError, match="复合增长率"):
        matcher.match({"a": Compare("≥", tree.Arithmetic("+", growth, growth), Literal("5", "%"))})
    with pytest.raises(MatchError, match="复合增长率"):
        matcher.match({"a": Compare("≥", growth, growth)})
    with pytest.raises(MatchError, match="不在事实目录"):
        matcher.match({"a": Holds("nothing")})
