"""Remedies 改法: what one fact would have to be for one leaf to answer as wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.engines.rules.days import latest_start, spell_day
from songda.engines.rules.facts import Datum, Facts, Standing
from songda.engines.rules.leaves import Decide, decide
from songda.engines.rules.numbers import TESTS, closed_years, number, order
from songda.engines.rules.show import show_code
from songda.engines.rules.sight import Gap, Sight
from songda.engines.rules.solve import Solver
from songda.engines.rules.tell import tell, tell_number
from songda.engines.rules.walk import children

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Remedy:
    """A fact, the value it would have, and that value in words."""

    fact: str
    datum: Datum
    needed: str


class Pharmacy:
    """Remedies for one subject's leaves on one day. Rules share leaves, so each is looked into once."""

    def __init__(self, facts: Facts, on: dt.date, catalogue: Catalogue) -> None:
        self.facts = facts
        self.on = on
        self.catalogue = catalogue
        self.solver = Solver(facts, on, catalogue)
        self._found: dict[tuple[tree.Condition, bool], tuple[Remedy, ...] | None] = {}
        self._rules: dict[type[tree.Node], Callable[..., Iterator[Remedy]]] = {
            tree.Holds: self._holds,
            tree.Compare: self._solved,
            tree.Between: self._solved,
            tree.Within: self._within,
            tree.Listed: self._listed,
            tree.Elapsed: self._dated,
            tree.DateCompare: self._dated,
            tree.DateBetween: self._dated,
            tree.Yearly: self._yearly,
            tree.Happened: self._happened,
        }

    def for_leaf(self, leaf: tree.Condition, *, want: bool) -> tuple[Remedy, ...] | None:
        """Every remedy that really makes the leaf answer as wanted, a mere renewal of a stale value first; None: it does already."""
        if (leaf, want) not in self._found:
            test = decide(leaf, self.catalogue, lenient=False)
            well = test(Sight(self.facts, self.on, self.catalogue)) is want
            self._found[leaf, want] = None if well else self._tried(leaf, test, want=want)
        return self._found[leaf, want]

    def _tried(self, leaf: tree.Condition, test: Decide, *, want: bool) -> tuple[Remedy, ...]:
        rule = self._rules.get(type(leaf))
        found = [*self._renewed(leaf), *(rule(leaf, want=want) if rule else ())]
        return tuple(one for one in found if test(self._with(one)) is want)

    def _with(self, one: Remedy) -> Sight:
        return Sight({**self.facts, one.fact: one.datum}, self.on, self.catalogue)

    def _renewed(self, leaf: tree.Condition) -> Iterator[Remedy]:
        numbers = [one for one in children(leaf) if isinstance(one, tree.Value)]
        fact = getattr(leaf, "fact", "") or getattr(leaf, "series", "") or (numbers[0].fact if numbers else "")
        if fact in self.facts and isinstance(Sight(self.facts, self.on, self.catalogue).strictly(fact), Gap):
            entry, datum = self.catalogue.by_code[fact], self.facts[fact]
            words = tell(datum.value, entry, self.catalogue, self.on)
            yield Remedy(fact, Datum(datum.value, self.on), f"更新后仍为 {words}")

    def _holds(self, leaf: tree.Holds, *, want: bool) -> Iterator[Remedy]:
        yield Remedy(leaf.fact, Datum(want, self.on), "是" if want else "否")

    def _solved(self, leaf: tree.Compare | tree.Between, *, want: bool) -> Iterator[Remedy]:
        test = decide(leaf, self.catalogue, lenient=False)
        for fact, datum in self.solver.values(leaf, test, want=want):
            entry, value = self.catalogue.by_code[fact], datum.value
            if entry.kind is Kind.SERIES:
                year = self.on.year - 1
                figure: Any = value
                yield Remedy(fact, datum, f"{year}年 {tell_number(figure[year], entry.measure)}")
            else:
                yield Remedy(fact, datum, tell(value, entry, self.catalogue, self.on))

    def _within(self, leaf: tree.Within, *, want: bool) -> Iterator[Remedy]:
        entry = self.catalogue.by_code[leaf.fact]
        code_list = self.catalogue.code_lists[entry.code_list]
        words = "；".join(show_code(one, entry.code_list, self.catalogue) for one in leaf.codes)
        codes = leaf.codes[:1] if want else tuple(code_list.names)
        test = decide(leaf, self.catalogue, lenient=False)
        made = (Remedy(leaf.fact, Datum(code, self.on), words if want else f"不属于 {words}") for code in codes)
        fitting = next((one for one in made if test(self._with(one)) is want), None)
        yield from () if fitting is None else (fitting,)

    def _listed(self, leaf: tree.Listed, *, want: bool) -> Iterator[Remedy]:
        always = ((dt.date.min, None),)
        yield Remedy(leaf.fact, Datum(Standing(always if want else (), always), self.on), "在" if want else "不在")

    def _dated(self, leaf: tree.Elapsed | tree.DateCompare | tree.DateBetween, *, want: bool) -> Iterator[Remedy]:
        """The nearest day that answers as wanted: the turning days and their neighbours are tried."""
        test = decide(leaf, self.catalogue, lenient=False)
        found: Any = self.facts[leaf.fact].value if leaf.fact in self.facts else self.on
        days = {day + shift * _ONE_DAY for day in _turning_days(leaf, self.on) for shift in (-1, 0, 1)}
        for day in sorted(days, key=lambda one: (abs(one - found), one)):
            remedy = Remedy(leaf.fact, Datum(day, self.on), spell_day(day))
            if test(self._with(remedy)) is want:
                yield remedy
                return

    def _yearly(self, leaf: tree.Yearly, *, want: bool) -> Iterator[Remedy]:
        """Years that answer otherwise come to the boundary: all of them, or only the last where one is enough."""
        sight = Sight(self.facts, self.on, self.catalogue)
        bound = number(leaf.right, self.catalogue, lenient=True)(sight)
        if isinstance(bound, Gap):
            return
        entry, datum = self.catalogue.by_code[leaf.series], self.facts.get(leaf.series)
        series: Any = datum.value if datum is not None else {}
        test, years = TESTS[leaf.operator], list(closed_years(sight, leaf.years))
        changing = [year for year in years if year not in series or test(order(series[year], bound)) is not want]
        changing = changing if leaf.every is want else years[-1:]
        value = _fitting(bound, test, entry.measure.scale, want=want)
        spelled = "、".join(f"{year}年" for year in changing)
        words = f"{spelled} {tell_number(value, entry.measure)}"
        yield Remedy(leaf.series, Datum({**series, **dict.fromkeys(changing, value)}, self.on), words)

    def _happened(self, leaf: tree.Happened, *, want: bool) -> Iterator[Remedy]:
        since = latest_start(self.on, leaf.count, leaf.period)
        datum = self.facts.get(leaf.fact)
        days: Any = datum.value if datum is not None else ()
        after = (*days, self.on) if want else tuple(day for day in days if not since < day <= self.on)
        period = f"近{leaf.count}{leaf.period}内"
        yield Remedy(leaf.fact, Datum(after, self.on), f"{period}{'有' if want else '无'}")


def _turning_days(leaf: tree.Elapsed | tree.DateCompare | tree.DateBetween, on: dt.date) -> tuple[dt.date, ...]:
    if isinstance(leaf, tree.Elapsed):
        days: tuple[dt.date, ...] = (latest_start(on, leaf.count, leaf.period),)
    elif isinstance(leaf, tree.DateCompare):
        days = (leaf.day,)
    else:
        days = (leaf.low, leaf.high)
    return tuple(min(max(day, dt.date.min + _ONE_DAY), dt.date.max - _ONE_DAY) for day in days)


def _fitting(bound: Fraction, test: Callable[[int], bool], scale: int, *, want: bool) -> Fraction:
    """The storable figure nearest to a bound that passes (or fails) the test."""
    step = Fraction(1, scale)
    below = bound // step * step
    near = sorted((below - step, below, below + step), key=lambda one: (abs(one - bound), one))
    return next((one for one in near if test(order(one, bound)) is want), below)
