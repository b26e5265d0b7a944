"""The columnar matcher answers as the row evaluator does, whatever the rule, the gaps and the number of subjects."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.match.frame import Frame
from songda.engines.match.matcher import Matcher, match
from songda.engines.match.tests.cast import CATALOGUE, ON, columns, firms
from songda.engines.match.tests.strategies import amount, condition
from songda.engines.rules import tree
from songda.engines.rules.compute import limited, rounded_fen
from songda.engines.rules.facts import Facts
from songda.engines.rules.judge import prepare
from songda.engines.rules.numbers import number
from songda.engines.rules.sight import Gap, Sight

SIZES = (0, 1, 63, 64, 65, 130, 300)


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 10_000), st.sampled_from(SIZES), st.sampled_from((64, 128, 1 << 19)))
def test_every_answer_is_the_row_evaluators(rng: random.Random, seed: int, n: int, block: int) -> None:
    people = firms(random.Random(seed), n, missing=rng.choice((0.0, 0.25, 0.6)))
    rules = {f"r{at}": condition(rng, 2) for at in range(2)}
    matched = Matcher(Frame.of(columns(people), CATALOGUE), CATALOGUE, ON, block=block, threads=1 + seed % 2).match(rules)
    for name, rule in rules.items():
        row = prepare(rule, CATALOGUE)
        assert [matched.answer(name, at) for at in range(n)] == [row.answer(one, on=ON) for one in people], rule
        counts = matched.counts(name)
        assert (counts.yes, counts.unknown) == (len(matched.eligible(name)), len(matched.undecided(name)))
        assert counts.yes + counts.no + counts.unknown == n


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 10_000), st.sampled_from(SIZES))
def test_every_amount_is_the_row_evaluators(rng: random.Random, seed: int, n: int) -> None:
    people = firms(random.Random(seed), n, missing=rng.choice((0.0, 0.2)))
    matcher = Matcher(Frame.of(columns(people), CATALOGUE), CATALOGUE, ON)
    formula = amount(rng)
    rows = list(range(0, n, rng.choice((1, 3))))
    expected = [_by_row(formula, people[at]) for at in rows]
    if any(one is not None and abs(one) >= 2**63 for one in expected):
        return
    found = matcher.amounts(formula, rows)
    assert [int(fen) if known else None for fen, known in zip(found.fen, found.known, strict=True)] == expected


@pytest.mark.parametrize("n", SIZES)
def test_bits_past_the_last_subject_are_clear(n: int) -> None:
    rng = random.Random(n)
    rules = {f"r{at}": condition(rng, 2) for at in range(20)}
    matched = match(Frame.of(columns(firms(rng, n)), CATALOGUE), rules, on=ON, catalogue=CATALOGUE)
    for name in rules:
        for words in (matched.eligible_words(name), matched.undecided_words(name)):
            assert int.from_bytes(words.tobytes(), "little") >> n == 0


def test_pairs_name_subjects_by_their_numbers() -> None:
    people = firms(random.Random(3), 90)
    numbers = list(range(7000, 7090))
    matched = match(Frame.of(columns(people), CATALOGUE, numbers), {"key": tree.Holds("key")}, on=ON, catalogue=CATALOGUE)
    ((rule, subjects),) = matched.pairs()
    held = [number for number, one in zip(numbers, people, strict=True) if "key" in one and one["key"].value is True]
    assert (rule, subjects.tolist()) == ("key", held)


def _by_row(formula: tree.Amount, facts: Facts) -> int | None:
    value = number(formula.number, CATALOGUE)(Sight(facts, ON, CATALOGUE))
    return None if isinstance(value, Gap) else rounded_fen(limited(value, formula.limits), formula)
