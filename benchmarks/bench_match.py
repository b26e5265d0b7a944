"""Matching: all firms against all rules, beside Polars and ZEN; answers compared before anything is timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
import polars as pl

from benchmarks import firms, peer_polars, peer_zen, ruleset
from benchmarks.timing import Table, median, race, spell, times
from songda.engines.match.matcher import Matcher, match
from songda.engines.match.plan import Plan
from songda.engines.rules.tree import Amount, And, Arithmetic, Compare, Condition, Limit, Literal, Value, Within

CITY, MILLION = 26_940, 1_000_000
FORMULA = Amount(Arithmetic("×", Value("invest"), Literal("20", "%")), (Limit(True, Literal("500", "万元")),))


@dataclass
class Setting:
    """Firms and rules in the form of every engine."""

    n: int
    many: int
    distinct: int

    @cached_property
    def rules(self) -> dict[str, Condition]:
        """The rules by name."""
        return ruleset.rules(self.many, self.distinct)

    @cached_property
    def plan(self) -> Plan:
        """The rules as our graph, made once, as the peers' expressions are."""
        return Plan.of(self.rules)

    @cached_property
    def table(self) -> firms.Columns:
        """Stored columns."""
        return firms.columns(self.n)

    def __post_init__(self) -> None:
        self.catalogue = firms.catalogue()
        self.frame = firms.frame_of(self.table, self.catalogue)
        self.peer = peer_polars.frame_of(self.table)
        self.ready = peer_polars.prepare(self.rules)

    def ours(self) -> object:
        """One run from a bare frame: nothing remembered."""
        return match(self.frame, self.plan, on=firms.ON, catalogue=self.catalogue)

    def matcher(self) -> Matcher:
        """A matcher that has met the rules."""
        matcher = Matcher(self.frame, self.catalogue, firms.ON)
        matcher.match(self.plan)
        return matcher

    def title(self) -> str:
        """26,940 firms × 82 rules (105 distinct conditions)."""
        return f"{self.n:,} firms × {self.many} rules ({len(self.plan.terms)} distinct conditions)"


def tables(*, quick: bool) -> Iterator[Table]:
    """Whole runs, then the everyday questions."""
    city, million = (5_000, 50_000) if quick else (CITY, MILLION)
    yield _whole(Setting(city, 82, 105), with_zen=True)
    yield _whole(Setting(million, 82, 105))
    large = Setting(million, 200, 180)
    yield _whole(large)
    yield _questions(large, Setting(city, 82, 105))


def agree(setting: Setting) -> None:
    """Every rule's 是 and 待核 are the same firms here and in Polars; a difference ends the bench."""
    ours = match(setting.frame, setting.plan, on=firms.ON, catalogue=setting.catalogue)
    answers, _ = peer_polars.run(setting.peer, setting.ready)
    for name in setting.rules:
        theirs = answers[name]
        same = np.array_equal(ours.eligible(name), theirs.fill_null(value=False).arg_true().to_numpy())
        if not same or not np.array_equal(ours.undecided(name), theirs.is_null().arg_true().to_numpy()):
            raise AssertionError(f"{name}: answers differ: {setting.rules[name]}")


def _whole(setting: Setting, *, with_zen: bool = False) -> Table:
    agree(setting)
    peer, ready = setting.peer, setting.ready
    ours, best, plain = race(
        [setting.ours, lambda: peer_polars.run(peer, ready), lambda: peer_polars.run_in_one(peer, ready)],
        31 if setting.n < MILLION else 9,
    )
    table = Table(setting.title(), ("engine", "time", "to ours"))
    table.rows += [
        ("songda", spell(ours), ""),
        ("Polars, answers, then counts", spell(best), times(best, ours)),
        ("Polars, three counts a rule in one query", spell(plain), times(plain, ours)),
    ]
    if with_zen:
        slow = _zen(setting)
        table.rows.append(("ZEN decision, 是 only", spell(slow), times(slow, ours)))
    return table


def _zen(setting: Setting) -> float:
    decision, people, names = peer_zen.prepare(setting.rules), peer_zen.firms_of(setting.table), list(setting.rules)
    ours = match(setting.frame, setting.plan, on=firms.ON, catalogue=setting.catalogue)
    found = peer_zen.run(decision, people, names)
    wrong = [name for name in names if found[name] != ours.counts(name).yes]
    if wrong:
        raise AssertionError(f"{wrong[0]}: answers differ: {setting.rules[wrong[0]]}")
    return median(lambda: peer_zen.run(decision, people, names), 2)


def _questions(large: Setting, city: Setting) -> Table:
    table = Table(f"Everyday questions, {large.n:,} firms", ("question", "songda", "Polars", "ratio"))
    for question, ours, theirs in (*_of_rules(large), *_of_money(large)):
        mine, other = race([ours, theirs], 9)
        table.rows.append((question, spell(mine), spell(other), times(other, mine)))
    matcher, bounds = city.matcher(), count(1)
    district, old = Within("area", ("410105",)), city.rules["rule0"]
    change = median(lambda: matcher.what_if(old, And((old, _bound(bounds))), among=district), 15)
    sift = median(lambda: (matcher.funnel(old), matcher.settling(old)), 7)
    table.rows.append((f"what if a rule changes, one district of {city.n:,}", spell(change), "", ""))
    table.rows.append((f"funnel, and which fact to ask for, {city.n:,}", spell(sift), "", ""))
    return table


def _of_rules(setting: Setting) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    fresh = next(one for one in ruleset.rules(400, 380, seed=9).values() if len(Plan.of({"": one}).terms) == 5)
    matcher, columns, bounds = setting.matcher(), setting.peer, count(1)
    known = setting.rules["rule0"]
    yield (
        "one new rule of 5 conditions",
        lambda: match(setting.frame, {"new": fresh}, on=firms.ON, catalogue=setting.catalogue),
        lambda: peer_polars.run(columns, peer_polars.prepare({"new": fresh})),
    )
    yield (
        "a known rule with one more condition",
        lambda: matcher.match({"new": And((known, _bound(bounds)))}),
        lambda: peer_polars.run(columns, peer_polars.prepare({"new": And((known, _bound(bounds)))})),
    )
    answered, (answers, _) = matcher.match(setting.plan), peer_polars.run(columns, setting.ready)
    yield (
        f"pairs: the 是 of {setting.many} rules as rows",
        lambda: [answered.eligible(name) for name in setting.rules],
        lambda: [answers[name].fill_null(value=False).arg_true() for name in setting.rules],
    )


def _bound(bounds: Iterator[int]) -> Condition:
    """A condition never met before."""
    return Compare("≥", Value("staff"), Literal(str(next(bounds)), "人"))


def _of_money(setting: Setting) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    matcher, columns = setting.matcher(), setting.peer
    matched = matcher.match(setting.plan)
    rows = [matched.eligible(name) for name in setting.rules]
    flags = [pl.Series(np.asarray(one)) for one in rows]
    exact = ((pl.col("invest") * 2 + 5) // 10).clip(upper_bound=5_000_000_00)

    def check() -> None:
        ours = matcher.amounts(FORMULA, rows[0])
        theirs = columns[flags[0]].select(exact)["invest"]
        if ours.total != theirs.sum() or int((~ours.known).sum()) != theirs.null_count():
            raise AssertionError("amounts differ")

    check()
    yield (
        f"amounts for the 是 of {setting.many} rules ({sum(len(one) for one in rows):,} pairs)",
        lambda: [matcher.amounts(FORMULA, one) for one in rows],
        lambda: [columns.lazy().select("invest").select(pl.all().gather(one)).select(exact).collect() for one in flags],
    )
