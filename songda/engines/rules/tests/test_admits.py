"""Whom a rule can still admit, against brute force: never closed to somebody who gets 是; exact where conditions are independent."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.rules import tree
from songda.engines.rules.admits import admits
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.facts import Datum
from songda.engines.rules.judge import answer
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.tests.cast import INDUSTRIES
from songda.engines.rules.tests.strategies import ON, catalogues, conditions, facts
from songda.engines.rules.verdict import Answer

FLAGS = ("甲项", "乙项", "丙项")
CATALOGUE = Catalogue.of(
    [FactKind("industry", "行业", Kind.CODE, code_list="industry"), *(FactKind(one, one, Kind.BOOL) for one in FLAGS)],
    [INDUSTRIES],
)
LEAVES = ("C271", "C279", "C379", "C39", "I", "K70")


def opens(text: str, code: str) -> bool:
    return admits(parse_condition(text, CATALOGUE), {"industry": Datum(code)}, on=ON, catalogue=CATALOGUE)


def brute(rule: tree.Condition, code: str) -> bool:
    """Whether any firm of this class gets 是, tried over every value of every other fact."""
    return any(
        answer(
            rule,
            {"industry": Datum(code), **{flag: Datum(one) for flag, one in zip(FLAGS, values, strict=True)}},
            on=ON,
            catalogue=CATALOGUE,
        )
        is Answer.YES
        for values in product((True, False), repeat=len(FLAGS))
    )


def test_it_reads_the_industry_and_leaves_the_rest_open():
    assert opens("行业 属于 医药制造业 且 甲项", "C271")
    assert not opens("行业 属于 医药制造业 且 甲项", "I")
    assert opens("行业 属于 医药制造业 或 甲项", "I")
    assert not opens("行业 不属于 制造业 且 甲项", "C39")


def test_asking_for_knowledge_closes_nothing():
    assert opens("行业 属于 制造业 且 甲项 已知", "C39")
    assert opens("行业 属于 制造业 且 非 (甲项 已知)", "C39")


def test_a_condition_and_its_opposite_are_closed():
    assert not opens("甲项 且 行业 属于 制造业 且 甲项 为 否", "C39")


_leaf = st.one_of(
    st.sampled_from([tree.Holds(one) for one in FLAGS]),
    st.sampled_from([tree.Within("industry", codes) for codes in (("C",), ("C27", "I"), ("C271",), ("K70", "C39"))]),
)
_rules = st.recursive(
    _leaf,
    lambda item: st.one_of(
        st.builds(tree.Not, item),
        st.builds(lambda held: tree.And(tuple(held)), st.lists(item, min_size=2, max_size=3)),
        st.builds(lambda held: tree.Or(tuple(held)), st.lists(item, min_size=2, max_size=3)),
        st.builds(lambda held: tree.AtLeast(2, tuple(held)), st.lists(item, min_size=3, max_size=4)),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(_rules)
def test_it_equals_brute_force_over_every_firm(rule):
    for code in LEAVES:
        found = admits(rule, {"industry": Datum(code)}, on=ON, catalogue=CATALOGUE)
        assert found == brute(rule, code)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nobody_who_gets_yes_is_shut_out(data):
    catalogue = data.draw(catalogues())
    rule = data.draw(conditions(catalogue))
    firm = data.draw(facts(catalogue, ON))
    held = {code: Datum(datum.value) for code, datum in firm.items() if catalogue.by_code[code].kind is Kind.CODE}
    if answer(rule, firm, on=ON, catalogue=catalogue) is Answer.YES:
        assert admits(rule, held, on=ON, catalogue=catalogue)
