"""Insight over many subjects: the funnel, the fact worth asking for, what a changed rule changes."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.match.frame import Frame
from songda.engines.match.matched import Counts
from songda.engines.match.matcher import Matcher
from songda.engines.match.tests.cast import AREA, CATALOGUE, ON, columns, firms
from songda.engines.rules import tree
from songda.engines.rules.facts import Datum, Facts
from songda.engines.rules.judge import answer
from songda.engines.rules.tree import And, AtLeast, Compare, Holds, Latest, Literal, Not, Or, Value, Within
from songda.engines.rules.verdict import Answer

STAFF = Compare("≥", Value("staff"), Literal("50", "人"))
KEY, EXPORT, IN_P = Holds("key"), Holds("export"), Within("area", ("P",))


def _matcher(people: list[Facts], block: int = 1 << 19) -> Matcher:
    return Matcher(Frame.of(columns(people), CATALOGUE), CATALOGUE, ON, block=block)


def _count(rule: tree.Condition, people: list[Facts], wanted: Answer = Answer.YES) -> int:
    return sum(answer(rule, one, on=ON, catalogue=CATALOGUE) is wanted for one in people)


def test_a_funnel_counts_what_each_condition_lets_through() -> None:
    people = firms(random.Random(4), 333)
    items = (KEY, Not(EXPORT), Or((IN_P, Latest(STAFF))))
    for block in (64, 1 << 19):
        gates = _matcher(people, block).funnel(And(items))
        for at, gate in enumerate(gates):
            assert gate.counts.yes == _count(items[at], people)
            assert gate.counts.unknown == _count(items[at], people, Answer.UNKNOWN)
            assert gate.left == _count(And(items[: at + 1]), people)
            others = And(items[:at] + items[at + 1 :])
            assert gate.alone == _count(And((others, Not(items[at]))), people)


def test_a_rule_of_one_condition_is_a_funnel_of_one() -> None:
    (gate,) = _matcher(firms(random.Random(4), 100)).funnel(KEY)
    assert gate.left == gate.counts.yes
    assert gate.alone == gate.counts.no


def test_asking_for_one_fact_settles_only_what_it_alone_leaves_open() -> None:
    people: list[Facts] = [
        {"key": Datum(value=True)},  # area and staff are missing: neither alone settles
        {"key": Datum(value=True), "area": Datum("P")},  # only staff is missing
        {"key": Datum(value=False)},  # 否 already
        {"key": Datum(value=True), "staff": Datum(60), "area": Datum("P")},
    ]
    assert _matcher(people).settling(And((KEY, IN_P, STAFF))) == {"staff": 1, "area": 0, "key": 0}
    assert _matcher(people).settling(And((KEY, Or((IN_P, STAFF))))) == {"area": 0, "key": 0, "staff": 0}


_LEAVES = (
    KEY, EXPORT, STAFF, IN_P, Compare("<", Value("staff"), Literal("3", "人")), Within("area", ("PA", "Q")),
    Compare("≥", Value("revenue"), Value("rnd")), Compare(">", Value("rnd"), Literal("1", "元")),
)  # fmt: skip


def _rule(rng: random.Random, depth: int) -> tree.Condition:
    if depth == 0:
        return rng.choice(_LEAVES)
    parts = tuple(_rule(rng, depth - 1) for _ in range(rng.randint(2, 3)))
    return rng.choice((And(parts), Or(parts), AtLeast(2, parts), Not(parts[0])))


def _candidates(fact: str) -> list[Datum]:
    if fact == "area":
        return [Datum(code) for code in AREA.names if code not in AREA.parents.values()]
    if fact in ("staff", "revenue", "rnd"):
        return [Datum(number) for number in (0, 2, 3, 49, 50, 10**6)]
    return [Datum(value=True), Datum(value=False)]


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 10_000))
def test_what_a_fact_is_said_to_settle_it_settles(rng: random.Random, seed: int) -> None:
    (one,) = firms(random.Random(seed), 1, missing=0.4)
    rule = _rule(rng, 2)
    open_now = answer(rule, one, on=ON, catalogue=CATALOGUE) is Answer.UNKNOWN
    for fact, number in _matcher([one]).settling(rule).items():
        answers = [answer(rule, {**one, fact: datum}, on=ON, catalogue=CATALOGUE) for datum in _candidates(fact)]
        assert not number or (open_now and Answer.UNKNOWN not in answers)


def test_more_conditions_on_one_fact_than_are_tried_still_count_what_is_certain() -> None:
    steps = tuple(Compare("≥", Value("staff"), Literal(str(least), "人")) for least in range(1, 9))
    people: list[Facts] = [{"key": Datum(value=True)}, {}]
    assert _matcher(people).settling(And((KEY, *steps))) == {"staff": 1, "key": 0}


def test_a_changed_rule_shows_whom_it_gains_and_loses() -> None:
    people = firms(random.Random(9), 200)
    change = _matcher(people).what_if(KEY, EXPORT, among=IN_P)
    old = [answer(And((IN_P, KEY)), one, on=ON, catalogue=CATALOGUE) is Answer.YES for one in people]
    new = [answer(And((IN_P, EXPORT)), one, on=ON, catalogue=CATALOGUE) is Answer.YES for one in people]
    assert change.gained.tolist() == np.flatnonzero(~np.array(old) & np.array(new)).tolist()
    assert change.lost.tolist() == np.flatnonzero(np.array(old) & ~np.array(new)).tolist()
    assert change.before.yes - len(change.lost) + len(change.gained) == change.after.yes


def test_an_empty_city_has_empty_answers() -> None:
    matcher = _matcher([])
    assert matcher.match({"r": And((KEY, IN_P))}).counts("r") == Counts(0, 0, 0)
    assert matcher.settling(And((KEY, IN_P))) == {"area": 0, "key": 0}
    assert matcher.amounts(tree.Amount(Value("revenue")), []).total == 0
