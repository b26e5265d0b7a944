"""A small catalogue and a rule with its cases, for tests of rules and of what is built on them. Invented throughout."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.engines.rules.catalogue import FactKind, Kind
from songda.registry.actors import system
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.rules import Entry
from songda.registry.facts.actions import Definition, define_facts

NOW = dt.datetime(2020, 3, 10, 2, 0, tzinfo=dt.UTC)
ON = dt.date(2020, 3, 18)
SIZES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}
FACTS = (
    FactKind("size", "企业规模", Kind.CODE, code_list="sizes", freshness_days=550),
    FactKind("staff", "用工人数", Kind.NUM, unit="人", freshness_days=90),
    FactKind("rent", "月租金", Kind.NUM, unit="元"),
    FactKind("founded", "成立日期", Kind.DATE, fixed=True),
    FactKind("insured", "参保企业", Kind.BOOL),
    FactKind("discredited", "失信名单", Kind.LIST),
    FactKind("income", "历年营业收入", Kind.SERIES, unit="元"),
    FactKind("arrears", "欠薪记录", Kind.EVENT),
)
TEXT = "企业规模属于{小型;微型}且用工人数>=10人"
AMOUNT = "月租金 × 2 × 50% 上限 3万元"
CASES = (
    {
        "name": "符合",
        "on": ON,
        "given": {"企业规模": "小型", "用工人数": "20人", "月租金": "1万元"},
        "expect": "是",
        "amount": "1万元",
    },
    {"name": "大型不在范围", "on": ON, "given": {"企业规模": "大型", "用工人数": "20人"}, "expect": "否"},
    {
        "name": "正好10人",
        "on": ON,
        "given": {"企业规模": "微型", "用工人数": "10人", "月租金": "3万元"},
        "expect": "是",
        "boundary": True,
    },
    {"name": "人数未报", "on": ON, "given": {"企业规模": "小型"}, "expect": "待核"},
)


@pytest.fixture
def catalogue(db: None) -> None:
    """The catalogue loaded."""
    sizes = [Entry(code=code, label=label) for code, label in SIZES.items()]
    load_dictionary(Edition(code="sizes", edition="1", name="企业规模", entries=sizes, claims=0), by=system(), now=NOW)
    define_facts([Definition(fact) for fact in FACTS], by=system(), now=NOW)
