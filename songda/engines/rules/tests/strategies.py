"""Hypothesis strategies for catalogues, well-typed rules and dated facts with gaps. Public: other rooms' tests use them.

`conditions(catalogue)` and `amounts(catalogue)` give trees that `check` accepts; `facts(catalogue, on)` gives subjects with
missing and stale values everywhere and numbers on, just below and just above the literals that rules use.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from songda.engines.rules import tree
from songda.engines.rules.build import all_of, any_of
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.engines.rules.facts import Datum, Standing
from songda.engines.rules.units import UNIT_NAMES, Dimension, unit

ON = dt.date(2020, 3, 31)
DAYS = [dt.date(2017, 3, 31), dt.date(2018, 2, 28), dt.date(2019, 12, 31), dt.date(2020, 1, 31), dt.date(2020, 3, 30), ON]
DIGITS = ["0", "1", "2", "3", "5", "1.5", "0.25", "10", "-1"]
_UNITS = ["人", "元", "万元", "%", "亩", "人次", "元/人次", "万元/亩", "台"]
_ALL_UNITS = ["", *UNIT_NAMES, "元/人", "元/台", "元/亩", "元/人次", "万元/亩", "万元/人"]
_SIGNS = ["≥", ">", "≤", "<", "=", "≠"]
_ALPHABET = "且或非在满不企业人数税营收甲乙丙丁"
names = st.text(_ALPHABET, min_size=2, max_size=5)


def codes_of(catalogue: Catalogue, fact: FactKind) -> list[str]:
    """The codes a fact may hold."""
    return list(catalogue.code_lists[fact.code_list].names)


@st.composite
def catalogues(draw: Any) -> Catalogue:
    """Small catalogues whose names are made of keywords and of each other; every kind of fact occurs."""
    taken = draw(st.lists(names, min_size=16, max_size=16, unique=True))
    taken = [f"{name}{place}" if _taken_by_keyword(name) else name for place, name in enumerate(taken)]
    kinds = [*[Kind.BOOL] * 3, *[Kind.NUM] * 5, Kind.DATE, Kind.DATE, *[Kind.CODE] * 2, *[Kind.SERIES] * 2, Kind.LIST, Kind.EVENT]
    fresh = st.sampled_from([None, None, 30, 400])
    facts = [
        FactKind(
            f"f{place}",
            name,
            kind,
            unit=draw(st.sampled_from(_UNITS)) if kind in (Kind.NUM, Kind.SERIES) else "",
            code_list="list" if kind is Kind.CODE else "",
            freshness_days=draw(fresh),
            fixed=draw(st.booleans()),
        )
        for place, (name, kind) in enumerate(zip(taken, kinds, strict=True))
    ]
    code_list = CodeList(
        "list",
        {"A": "甲类", "A1": "甲、一类", "A11": "其他", "B": "乙类", "B1": "其他", "C": "非乙类"},
        {"A1": "A", "A11": "A1", "B1": "B"},
    )
    return Catalogue.of(facts, [code_list])


def _taken_by_keyword(name: str) -> bool:
    from songda.engines.rules.lexicon import refusal

    return bool(refusal(name))


def _of(catalogue: Catalogue, *kinds: Kind) -> list[FactKind]:
    return [one for one in catalogue.facts if one.kind in kinds]


def literals(dimension: Dimension, digits: list[str] | None = None) -> st.SearchStrategy[tree.Literal]:
    """Literals of a dimension, in any of its units."""
    fitting = [name for name in _ALL_UNITS if (one := unit(name)) and one.dimension == dimension]
    return st.builds(tree.Literal, st.sampled_from(digits or DIGITS), st.sampled_from(fitting))


@st.composite
def numbers(draw: Any, catalogue: Catalogue, dimension: Dimension, depth: int = 2) -> tree.Number:
    """A number of this dimension."""
    options = [literals(dimension)]
    same = [one for one in _of(catalogue, Kind.NUM) if one.measure.dimension == dimension]
    if same:
        options += [st.sampled_from([tree.Value(one.code) for one in same])] * 3
    series = [one.code for one in _of(catalogue, Kind.SERIES) if one.measure.dimension == dimension]
    if series:
        spans = st.sampled_from(["合计", "平均"])
        options.append(st.builds(tree.OverYears, spans, st.sampled_from(series), st.integers(1, 3)))
    if dimension == ():
        every = [one.code for one in _of(catalogue, Kind.SERIES)]
        options.append(st.builds(tree.OverYears, st.just("同比增长率"), st.sampled_from(every), st.just(1)))
    if depth:
        inner = numbers(catalogue, dimension, depth - 1)
        ratio = numbers(catalogue, (), depth - 1)
        options += [
            st.builds(tree.Arithmetic, st.sampled_from(["+", "−"]), inner, inner),
            st.builds(tree.Arithmetic, st.just("×"), inner, ratio),
            st.builds(tree.Arithmetic, st.just("÷"), inner, ratio.filter(lambda one: not _zero(one))),
            st.builds(tree.Pick, st.sampled_from(["取小", "取大", "合计"]), st.tuples(inner, inner)),
            st.builds(tree.Whole, inner, st.sampled_from(["舍去", "进位", "四舍五入"])),
            _by_code(catalogue, inner),
            _tiers(catalogue, inner, depth),
        ]
    return draw(st.one_of(options))


def _zero(node: tree.Number) -> bool:
    return isinstance(node, tree.Literal) and node.value == 0


def _by_code(catalogue: Catalogue, inner: Any) -> st.SearchStrategy[tree.ByCode]:
    fact = _of(catalogue, Kind.CODE)[0]
    arms = st.lists(
        st.tuples(st.sampled_from(codes_of(catalogue, fact)), inner), min_size=1, max_size=3, unique_by=lambda arm: arm[0]
    )
    return st.builds(tree.ByCode, st.just(fact.code), arms.map(tuple), st.none() | inner)


@st.composite
def _tiers(draw: Any, catalogue: Catalogue, inner: Any, depth: int) -> tree.Tiers:
    base = draw(st.sampled_from(_of(catalogue, Kind.NUM)))
    dimension = base.measure.dimension
    found = draw(st.lists(literals(dimension, ["1", "2", "5", "10"]), min_size=1, max_size=3, unique_by=lambda one: one.value))
    rising = draw(st.booleans())
    bounds = sorted(found, key=lambda one: one.value, reverse=not rising)
    sign = st.sampled_from(["≤", "<"] if rising else ["≥", ">"])
    arms = tuple(tree.Arm(draw(sign), bound, draw(inner)) for bound in bounds)
    return tree.Tiers(False, tree.Value(base.code), arms, draw(inner))


@st.composite
def leaves(draw: Any, catalogue: Catalogue) -> tree.Condition:
    """One condition without 且, 或, 非."""
    kinds = [_compare, _compare, _holds, _between, _within, _listed, _dated, _yearly, _happened, _growth, _known]
    return draw(draw(st.sampled_from(kinds))(catalogue))


def _holds(catalogue: Catalogue) -> Any:
    return st.sampled_from([tree.Holds(one.code) for one in _of(catalogue, Kind.BOOL)])


def _known(catalogue: Catalogue) -> Any:
    return st.sampled_from([tree.Known(one.code) for one in catalogue.facts])


@st.composite
def _compare(draw: Any, catalogue: Catalogue) -> tree.Condition:
    fact = draw(st.sampled_from(_of(catalogue, Kind.NUM)))
    dimension = fact.measure.dimension
    left = draw(st.just(tree.Value(fact.code)) | numbers(catalogue, dimension))
    right = draw(literals(dimension) | numbers(catalogue, dimension, 1))
    return tree.Compare(draw(st.sampled_from(_SIGNS)), left, right)


@st.composite
def _between(draw: Any, catalogue: Catalogue) -> tree.Condition:
    fact = draw(st.sampled_from(_of(catalogue, Kind.NUM)))
    ends = sorted(
        draw(st.lists(literals(fact.measure.dimension), min_size=2, max_size=2, unique_by=lambda one: one.value)),
        key=lambda one: one.value,
    )
    return tree.Between(tree.Value(fact.code), ends[0], draw(st.booleans()), ends[1], draw(st.booleans()))


@st.composite
def _within(draw: Any, catalogue: Catalogue) -> tree.Condition:
    fact = draw(st.sampled_from(_of(catalogue, Kind.CODE)))
    codes = draw(st.lists(st.sampled_from(codes_of(catalogue, fact)), min_size=1, max_size=3, unique=True))
    return tree.Within(fact.code, tuple(codes))


@st.composite
def _listed(draw: Any, catalogue: Catalogue) -> tree.Condition:
    return tree.Listed(draw(st.sampled_from(_of(catalogue, Kind.LIST))).code, draw(st.none() | st.sampled_from(DAYS[2:4])))


@st.composite
def _dated(draw: Any, catalogue: Catalogue) -> tree.Condition:
    fact = draw(st.sampled_from(_of(catalogue, Kind.DATE))).code
    period = draw(st.sampled_from([(1, "年"), (2, "个月"), (1, "个月"), (30, "天")]))
    low, high = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True)))
    between = tree.DateBetween(fact, low, draw(st.booleans()), high, draw(st.booleans()))
    return draw(
        st.sampled_from([tree.Elapsed(fact, *period), tree.DateCompare(draw(st.sampled_from(_SIGNS)), fact, low), between])
    )


@st.composite
def _yearly(draw: Any, catalogue: Catalogue) -> tree.Condition:
    series = draw(st.sampled_from(_of(catalogue, Kind.SERIES)))
    right = draw(literals(series.measure.dimension) | numbers(catalogue, series.measure.dimension, 0))
    return tree.Yearly(draw(st.integers(1, 3)), draw(st.booleans()), series.code, draw(st.sampled_from(_SIGNS)), right)


@st.composite
def _happened(draw: Any, catalogue: Catalogue) -> tree.Condition:
    fact = draw(st.sampled_from(_of(catalogue, Kind.EVENT))).code
    return tree.Happened(fact, *draw(st.sampled_from([(6, "个月"), (1, "年"), (2, "天")])))


@st.composite
def _growth(draw: Any, catalogue: Catalogue) -> tree.Condition:
    series = draw(st.sampled_from(_of(catalogue, Kind.SERIES))).code
    growth, rate = (
        tree.OverYears("复合增长率", series, draw(st.integers(1, 3))),
        draw(literals((), ["0", "10", "50", "100", "-10"])),
    )
    sides = (growth, rate) if draw(st.booleans()) else (rate, growth)
    return tree.Compare(draw(st.sampled_from(_SIGNS)), *sides)


@st.composite
def conditions(draw: Any, catalogue: Catalogue, depth: int = 2) -> tree.Condition:
    """A well-typed condition, folded as the parser folds."""
    if not depth or draw(st.integers(0, 3)) == 0:
        return draw(leaves(catalogue))
    parts = draw(st.lists(conditions(catalogue, depth - 1), min_size=2, max_size=3).map(tuple))
    return draw(
        st.sampled_from(
            [
                all_of(parts),
                any_of(parts),
                tree.Not(parts[0]),
                tree.AtLeast(draw(st.integers(1, len(parts))), parts),
                tree.Latest(parts[0]),
            ]
        )
    )


@st.composite
def amounts(draw: Any, catalogue: Catalogue) -> tree.Amount:
    """A well-typed formula of money."""
    limits = st.lists(st.builds(tree.Limit, st.booleans(), literals((("元", 1),), ["0", "1", "5"])), max_size=2).map(tuple)
    unit_name, mode = draw(st.sampled_from(["分", "元", "百元", "万元"])), draw(st.sampled_from(["舍去", "进位", "四舍五入"]))
    return tree.Amount(draw(numbers(catalogue, (("元", 1),))), draw(limits), unit_name, mode)


@st.composite
def facts(draw: Any, catalogue: Catalogue, on: dt.date = ON, complete: bool = False) -> dict[str, Datum]:
    """One subject: about a third of the facts missing (none where `complete`), some stale, some without a day."""
    found: dict[str, Datum] = {}
    for one in catalogue.facts:
        if not complete and draw(st.integers(0, 2)) == 0:
            continue
        days = [on] if complete else [on, on, None, on - dt.timedelta(days=31), on - dt.timedelta(days=500)]
        found[one.code] = Datum(draw(values(catalogue, one, on, complete)), draw(st.sampled_from(days)), "来源")
    return found


def values(catalogue: Catalogue, fact: FactKind, on: dt.date, complete: bool = False) -> st.SearchStrategy[Any]:
    """A value of a fact's kind."""
    if fact.kind is Kind.SERIES:
        figures = stored(fact)
        return st.fixed_dictionaries({}, optional={}).flatmap(lambda _: _series(figures, on, complete))
    return {
        Kind.BOOL: st.booleans(),
        Kind.NUM: stored(fact) if fact.kind is Kind.NUM else st.nothing(),
        Kind.DATE: st.sampled_from(DAYS),
        Kind.CODE: st.sampled_from(codes_of(catalogue, fact)) if fact.kind is Kind.CODE else st.nothing(),
        Kind.LIST: _standings(on, complete),
        Kind.EVENT: st.lists(st.sampled_from(DAYS), max_size=2).map(tuple),
    }[fact.kind]


def _series(figures: Any, on: dt.date, complete: bool) -> Any:
    years = dict.fromkeys(range(on.year - 4, on.year), figures)
    return st.fixed_dictionaries(years) if complete else st.fixed_dictionaries({}, optional=years)


def _standings(on: dt.date, complete: bool) -> Any:
    open_ended = ((dt.date(2018, 1, 1), None),)
    covered = st.just(open_ended) if complete else st.sampled_from([open_ended, (), ((dt.date(2020, 1, 1), on),)])
    member = st.sampled_from([(), open_ended, ((dt.date(2020, 2, 1), None),)])
    return st.builds(Standing, member, covered)


def stored(fact: FactKind) -> st.SearchStrategy[Fraction]:
    """Numbers a column can hold: multiples of 1 ÷ scale, near the literals that rules use."""
    measure = fact.measure
    near = st.sampled_from([Fraction(one) * measure.factor for one in DIGITS])
    shifted = st.tuples(near, st.sampled_from([-1, 0, 0, 1])).map(lambda pair: pair[0] + Fraction(pair[1], measure.scale))
    return shifted.map(lambda value: Fraction(int(value * measure.scale), measure.scale))
