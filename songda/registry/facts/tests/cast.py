"""A small catalogue with one fact of each kind, as tests use it."""

from __future__ import annotations

import datetime as dt

from songda.engines.rules.catalogue import FactKind, Kind
from songda.registry.actors import system
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.rules import Entry
from songda.registry.facts.actions import Definition, NewSource, define_facts, define_sources, record_fact

NOW = dt.datetime(2020, 3, 10, 1, tzinfo=dt.UTC)
INDUSTRY = [
    Entry("C", "制造业"),
    Entry("37", "运输设备制造业", "C"),
    Entry("3711", "高铁车组制造", "37"),
    Entry("I", "信息业"),
    Entry("65", "软件业", "I"),
]
SIZES = [Entry("large", "大型"), Entry("medium", "中型"), Entry("small", "小型"), Entry("micro", "微型")]
FACTS = (
    FactKind("industry", "行业", Kind.CODE, code_list="gbt4754", fixed=True),
    FactKind("size", "企业规模", Kind.CODE, code_list="sizes", freshness_days=550),
    FactKind("above_scale", "规模以上", Kind.BOOL, freshness_days=400),
    FactKind("founded_on", "成立日期", Kind.DATE, fixed=True),
    FactKind("headcount", "用工人数", Kind.NUM, "人", aliases=("从业人员",), freshness_days=400),
    FactKind("revenue", "营业收入", Kind.NUM, "元", freshness_days=550),
    FactKind("assets", "资产总额", Kind.NUM, "元"),
    FactKind("revenue_years", "历年营业收入", Kind.SERIES, "元"),
    FactKind("guarantee_list", "重点保障企业", Kind.LIST),
    FactKind("accidents", "安全生产事故", Kind.EVENT),
    FactKind("owner_veteran", "经营者为退役军人", Kind.BOOL, personal=True),
)


def catalogue(*more: FactKind) -> None:
    """Load the dictionaries, the facts and three sources."""
    load_dictionary(Edition("gbt4754", "2017", "国民经济行业分类", INDUSTRY), by=system(), now=NOW)
    load_dictionary(Edition("sizes", "1", "企业规模", SIZES), by=system(), now=NOW)
    define_facts([Definition(one) for one in (*FACTS, *more)], by=system(), now=NOW)
    define_sources(
        [NewSource("tax", "税务申报"), NewSource("roster", "名册"), NewSource("desk", "经办更正")], by=system(), now=NOW
    )


def tell(subject, code, text, day, *, now=NOW, by=None, source="tax"):
    """record_fact in few words."""
    return record_fact(
        subject.pk, code, text, valid_from=dt.date.fromisoformat(day), source_code=source, by=by or system(), now=now
    )
