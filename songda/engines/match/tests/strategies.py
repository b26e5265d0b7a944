"""Rule trees drawn at random: every kind of condition and number, typed as the language types them."""

from __future__ import annotations

import random
from typing import Any

from songda.engines.match.tests.cast import DAYS, LISTED_ON
from songda.engines.rules import tree
from songda.engines.rules.tree import Literal

OPERATORS: tuple[tree.Operator, ...] = ("≥", ">", "≤", "<", "=", "≠")
MONEY = (
    *(Literal(number, "元") for number in ("0", "1", "1.01", "-2.5", "50", "10000", "0.005")),
    Literal("1.5", "亿元"),
    Literal("400000000", "亿元"),
)
SHARES = (*(Literal(number, "%") for number in ("0", "5", "5.5", "10", "-120", "33.3")), Literal("2", ""))
RATES = tuple(Literal(number, "元/人") for number in ("2000", "0.01", "-3"))
PEOPLE = tuple(Literal(number, "人") for number in ("0", "1", "3", "50"))


def condition(rng: random.Random, depth: int) -> tree.Condition:
    """Any condition, at most so deep."""
    if depth and rng.random() < 0.6:
        return _branch(rng, depth - 1)
    return rng.choice(_LEAVES)(rng)


def money(rng: random.Random, depth: int) -> tree.Number:
    """A number of yuan."""
    return rng.choice(_MONEY)(rng, depth - 1) if depth else rng.choice((_literal, _value))(rng)


def share(rng: random.Random, depth: int) -> tree.Number:
    """A ratio."""
    return rng.choice(_SHARES)(rng, depth - 1) if depth else rng.choice((rng.choice(SHARES), tree.Value("rate")))


def amount(rng: random.Random) -> tree.Amount:
    """A formula with limits and a rounding clause."""
    limits = tuple(tree.Limit(rng.random() < 0.5, rng.choice(MONEY)) for _ in range(rng.randint(0, 2)))
    return tree.Amount(money(rng, 3), limits, rng.choice(("分", "元", "百元", "万元")), rng.choice(("舍去", "进位", "四舍五入")))


def _branch(rng: random.Random, depth: int) -> tree.Condition:
    kind = rng.choice((tree.And, tree.Or, tree.Not, tree.AtLeast, tree.Latest))
    if kind in (tree.Not, tree.Latest):
        return kind(condition(rng, depth))
    items = tuple(condition(rng, depth) for _ in range(rng.randint(1, 5)))
    return tree.AtLeast(rng.randint(1, len(items)), items) if kind is tree.AtLeast else kind(items)


def _literal(rng: random.Random) -> tree.Number:
    return rng.choice(MONEY)


def _value(rng: random.Random) -> tree.Number:
    return tree.Value(rng.choice(("revenue", "rnd", "profit", "huge")))


def _arms(rng: random.Random, bounds: Any, result: Any) -> tuple[tree.Arm, ...]:
    chosen = sorted(rng.sample(bounds, rng.randint(1, 3)), key=lambda one: one.value)
    rising = rng.random() < 0.5
    operator = rng.choice("≤<" if rising else "≥>")
    return tuple(tree.Arm(operator, bound, result()) for bound in (chosen if rising else reversed(chosen)))


def _money_tiers(rng: random.Random, depth: int) -> tree.Number:
    if rng.random() < 0.4:
        return tree.Tiers(True, tree.Value("staff"), _arms(rng, PEOPLE, lambda: rng.choice(RATES)), rng.choice(RATES))
    if rng.random() < 0.5:
        return tree.Tiers(False, money(rng, depth), _arms(rng, MONEY, lambda: money(rng, depth)), money(rng, depth))
    growth = tree.OverYears("复合增长率", "output", rng.randint(1, 3))
    return tree.Tiers(False, growth, _arms(rng, SHARES, lambda: money(rng, depth)), money(rng, depth))


def _by_code(rng: random.Random, depth: int) -> tree.Number:
    codes = rng.sample(("P", "Q", "PA", "PB", "PAX", "ZONE"), rng.randint(1, 4))
    other = money(rng, depth) if rng.random() < 0.5 else None
    return tree.ByCode("area", tuple((code, money(rng, depth)) for code in codes), other)


def _pick(rng: random.Random, depth: int) -> tree.Number:
    return tree.Pick(rng.choice(("取小", "取大", "合计")), tuple(money(rng, depth) for _ in range(rng.randint(1, 3))))


_MONEY: tuple[Any, ...] = (
    lambda rng, depth: tree.Arithmetic(rng.choice("+−"), money(rng, depth), money(rng, depth)),
    lambda rng, depth: tree.Arithmetic(rng.choice("×÷"), money(rng, depth), share(rng, depth)),
    lambda rng, depth: tree.Whole(money(rng, depth), rng.choice(("舍去", "进位", "四舍五入"))),
    lambda rng, depth: tree.OverYears(rng.choice(("合计", "平均")), rng.choice(("output", "taxes")), rng.randint(1, 4)),
    _pick,
    _money_tiers,
    _by_code,
    lambda rng, depth: money(rng, 0),
)
_SHARES: tuple[Any, ...] = (
    lambda rng, depth: tree.Arithmetic("÷", money(rng, depth), money(rng, depth)),
    lambda rng, depth: tree.OverYears("同比增长率", rng.choice(("output", "taxes")), 1),
    lambda rng, depth: tree.Tiers(False, share(rng, depth), _arms(rng, SHARES, lambda: share(rng, depth)), share(rng, depth)),
    lambda rng, depth: share(rng, 0),
)


def _between(rng: random.Random) -> tree.Condition:
    low, high = sorted(rng.sample(MONEY, 2), key=lambda one: one.value)
    return tree.Between(money(rng, rng.randint(0, 2)), low, rng.random() < 0.5, high, rng.random() < 0.5)


def _growth(rng: random.Random) -> tree.Condition:
    growth = tree.OverYears("复合增长率", rng.choice(("output", "taxes")), rng.randint(1, 3))
    sides: list[tree.Number] = [growth, share(rng, 1)]
    rng.shuffle(sides)
    return tree.Compare(rng.choice(OPERATORS), sides[0], sides[1])


def _dates(rng: random.Random) -> tree.Condition:
    low, high = sorted(rng.sample(DAYS, 2))
    return tree.DateBetween(rng.choice(("founded", "renewed")), low, rng.random() < 0.5, high, rng.random() < 0.5)


_PERIODS: tuple[tree.PeriodUnit, ...] = ("年", "个月", "天")
_LEAVES: tuple[Any, ...] = (
    lambda rng: tree.Holds(rng.choice(("key", "export", "insured"))),
    lambda rng: tree.Compare(rng.choice(OPERATORS), money(rng, rng.randint(0, 3)), money(rng, rng.randint(0, 2))),
    lambda rng: tree.Compare(rng.choice(OPERATORS), share(rng, rng.randint(0, 3)), share(rng, rng.randint(0, 2))),
    lambda rng: tree.Compare(rng.choice(OPERATORS), tree.Value("staff"), rng.choice(PEOPLE)),
    _growth,
    _between,
    lambda rng: tree.Within("area", tuple(rng.sample(("P", "Q", "PA", "PB", "PAX", "ZONE"), rng.randint(1, 4)))),
    lambda rng: tree.Within("size", tuple(rng.sample(("1", "2", "3"), rng.randint(1, 3)))),
    lambda rng: tree.Listed(rng.choice(("bad", "white")), rng.choice((None, LISTED_ON))),
    lambda rng: tree.Elapsed(rng.choice(("founded", "renewed")), rng.randint(0, 61), rng.choice(_PERIODS)),
    lambda rng: tree.Happened("accident", rng.randint(1, 61), rng.choice(_PERIODS)),
    lambda rng: tree.DateCompare(rng.choice(OPERATORS), rng.choice(("founded", "renewed")), rng.choice(DAYS)),
    _dates,
    lambda rng: tree.Yearly(
        rng.randint(1, 4),
        rng.random() < 0.5,
        rng.choice(("output", "taxes")),
        rng.choice(OPERATORS),
        money(rng, rng.randint(0, 1)),
    ),
    lambda rng: tree.Known(
        rng.choice(
            ("key", "insured", "revenue", "staff", "area", "size", "output", "taxes", "bad", "white", "accident", "renewed")
        )
    ),
)
