"""Invented rules in the proportions of real ones: 4.7 conditions each on average, many conditions shared."""

from __future__ import annotations

import datetime as dt
import random

from benchmarks.firms import BOOLS, COUNTS, DATES, LISTS, MONEY, RATIOS, SERIES, code_lists
from songda.engines.rules.tree import (
    And,
    Arithmetic,
    AtLeast,
    Between,
    Compare,
    Condition,
    DateCompare,
    Elapsed,
    Happened,
    Holds,
    Listed,
    Literal,
    Not,
    Or,
    Value,
    Within,
    Yearly,
)

_KINDS = (
    "holds",
    "number",
    "number",
    "money",
    "money",
    "ratio",
    "code",
    "code",
    "code",
    "range",
    "date",
    "listed",
    "share",
    "yearly",
)


def rules(many: int, distinct: int, seed: int = 5) -> dict[str, Condition]:
    """`many` rules over `distinct` conditions, each used at least once; popular ones are used far more often."""
    rng = random.Random(seed)
    pool = conditions(distinct, rng)
    weights = [1 / (rank + 3) for rank in range(distinct)]
    unused = list(range(distinct))
    rng.shuffle(unused)
    made: dict[str, Condition] = {}
    for at in range(many):
        size = rng.choice((3, 4, 4, 5, 5, 5, 6, 6))
        fresh = [unused.pop() for _ in range(min(len(unused), -(-len(unused) // (many - at))))]
        picked = list(dict.fromkeys([*fresh, *rng.choices(range(distinct), weights, k=3 * size)]))[: max(size, len(fresh))]
        made[f"rule{at}"] = _shape([pool[one] for one in picked], rng)
    return made


def conditions(many: int, rng: random.Random) -> list[Condition]:
    """That many distinct conditions."""
    found: dict[Condition, None] = {}
    while len(found) < many:
        found[_condition(rng)] = None
    return list(found)


def _shape(items: list[Condition], rng: random.Random) -> Condition:
    shape = rng.random()
    if shape < 0.5 or len(items) < 4:
        return And(tuple(items))
    if shape < 0.8:
        return And((*items[:-2], Or(tuple(items[-2:]))))
    if shape < 0.9:
        return And((*items[:-3], AtLeast(2, tuple(items[-3:]))))
    return And((*items[:-1], Not(items[-1])))


def _condition(rng: random.Random) -> Condition:
    kind = rng.choice(_KINDS)
    if kind in ("holds", "listed", "date", "yearly"):
        return _plain(kind, rng)
    if kind == "code":
        return _codes(rng)
    money = Literal(str(rng.choice((5, 10, 20, 50, 100, 200, 500))), "万元")
    if kind == "money":
        return Compare(rng.choice(("≥", "≤", ">")), Value(rng.choice(MONEY)), money)
    if kind == "number":
        return Compare(rng.choice(("≥", "<")), Value(rng.choice(COUNTS)), Literal(str(rng.choice((3, 5, 10, 20, 50, 100))), "人"))
    if kind == "ratio":
        return Compare("≥", Value(rng.choice(RATIOS)), Literal(str(rng.choice(("5", "5.5", "10", "15", "20"))), "%"))
    if kind == "range":
        return Between(Value(rng.choice(MONEY)), money, True, Literal(str(rng.choice((600, 1000, 2000))), "万元"), False)
    share = Arithmetic("×", Value("revenue"), Literal(str(rng.choice(("3", "5", "10"))), "%"))
    return Compare("≥", Value(rng.choice(MONEY[1:])), share)


def _plain(kind: str, rng: random.Random) -> Condition:
    if kind == "holds":
        return Holds(rng.choice(BOOLS))
    if kind == "listed":
        return rng.choice((Not(Listed(rng.choice(LISTS))), Not(Happened("accident", rng.choice((6, 12, 24)), "个月"))))
    if kind == "date":
        day = dt.date(rng.choice((2010, 2015, 2018)), 1, 1)
        return rng.choice(
            (Elapsed(rng.choice(DATES), rng.choice((2, 6, 12, 24)), "个月"), DateCompare("≥", rng.choice(DATES), day))
        )
    return Yearly(
        rng.choice((2, 3)), rng.random() < 0.5, rng.choice(SERIES), "≥", Literal(str(rng.choice((20, 50, 100))), "万元")
    )


def _codes(rng: random.Random) -> Condition:
    name = rng.choice(("area", "area", "industry", "industry", "size", "ownership", "grade"))
    codes = tuple(code_lists()[name].names)
    many = rng.randint(1, 3)
    if name == "area":
        codes = tuple(code for code in codes if len(code) == 6)
    elif name == "industry":
        codes = tuple(code for code in codes if len(code) <= 3)
    within = Within(name, tuple(sorted(rng.sample(codes, many))))
    return within if rng.random() < 0.8 else Not(within)
