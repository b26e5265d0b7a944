"""One row of the form ⇄ one condition of the language: a fact, what is asked of it, and the values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.check import check
from songda.engines.rules.lexicon import half_width
from songda.engines.rules.problem import RuleError
from songda.engines.rules.units import unit as unit_named
from songda.kernel.words import gettext as _
from songda.registry.rulebook.rules.form_nodes import ROW, FormNode

IN, OUT = "含", "不含"
BETWEEN, KNOWN, UNKNOWN = "介于", "已知", "未知"
OPPOSITE = {"是": "否", "属于": "不属于", "在": "不在", "有": "无", "满": "不满", KNOWN: UNKNOWN}
POSITIVE = {no: yes for yes, no in OPPOSITE.items()}
SIGNS = ("≥", ">", "≤", "<", "=", "≠")
PERIODS = ("年", "个月", "天")
VERBS: Mapping[Kind, tuple[str, ...]] = {
    Kind.BOOL: ("是", "否", KNOWN, UNKNOWN),
    Kind.NUM: (*SIGNS, BETWEEN, KNOWN, UNKNOWN),
    Kind.DATE: ("满", "不满", *SIGNS, BETWEEN, KNOWN, UNKNOWN),
    Kind.CODE: ("属于", "不属于", KNOWN, UNKNOWN),
    Kind.SERIES: ("每年", "任一年", KNOWN, UNKNOWN),
    Kind.LIST: ("在", "不在", KNOWN, UNKNOWN),
    Kind.EVENT: ("有", "无", KNOWN, UNKNOWN),
}
_NUMBER = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,24})?")
Values = dict[str, str]


class RowError(ValueError):
    """A row that is not filled in, or wrongly; the sentence says what to do."""


# ---- from the condition to the row --------------------------------------------------------------------------------


def row_of(condition: tree.Condition, catalogue: Catalogue) -> FormNode | None:
    """The row of a condition; None where no row can say it."""
    turned = isinstance(condition, tree.Not)
    leaf = condition.item if isinstance(condition, tree.Not) else condition
    write = _WRITERS.get(type(leaf))
    values = write(leaf) if write else None
    if values is None or (turned and values["verb"] not in OPPOSITE):
        return None
    if turned:
        values["verb"] = OPPOSITE[values["verb"]]
    fact = catalogue.by_code.get(values["fact"])
    if fact is None:
        return None
    codes = leaf.codes if isinstance(leaf, tree.Within) else ()
    return FormNode(ROW, values={**values, "fact": fact.name}, codes=codes)


def _compared(leaf: tree.Compare) -> Values | None:
    if not isinstance(leaf.left, tree.Value) or not isinstance(leaf.right, tree.Literal):
        return None
    return {"fact": leaf.left.fact, "verb": leaf.operator, "number": leaf.right.number, "unit": leaf.right.unit}


def _between(leaf: tree.Between) -> Values | None:
    if not isinstance(leaf.value, tree.Value):
        return None
    ends = {"low": leaf.low.number, "low_unit": leaf.low.unit, "high": leaf.high.number, "high_unit": leaf.high.unit}
    return {"fact": leaf.value.fact, "verb": BETWEEN, **ends, **_ends(leaf)}


def _ends(leaf: tree.Between | tree.DateBetween) -> Values:
    return {"low_in": IN if leaf.low_in else OUT, "high_in": IN if leaf.high_in else OUT}


def _yearly(leaf: tree.Yearly) -> Values | None:
    if not isinstance(leaf.right, tree.Literal):
        return None
    asked = {"fact": leaf.series, "verb": "每年" if leaf.every else "任一年", "years": str(leaf.years)}
    return {**asked, "operator": leaf.operator, "number": leaf.right.number, "unit": leaf.right.unit}


def _date_between(leaf: tree.DateBetween) -> Values:
    days = {"low_day": leaf.low.isoformat(), "high_day": leaf.high.isoformat()}
    return {"fact": leaf.fact, "verb": BETWEEN, **days, **_ends(leaf)}


_WRITERS: Mapping[type[tree.Node], Callable[[Any], Values | None]] = {
    tree.Holds: lambda leaf: {"fact": leaf.fact, "verb": "是"},
    tree.Known: lambda leaf: {"fact": leaf.fact, "verb": KNOWN},
    tree.Compare: _compared,
    tree.Between: _between,
    tree.Within: lambda leaf: {"fact": leaf.fact, "verb": "属于"},
    tree.Listed: lambda leaf: {"fact": leaf.fact, "verb": "在", "day": leaf.on.isoformat() if leaf.on else ""},
    tree.Elapsed: lambda leaf: {"fact": leaf.fact, "verb": "满", "count": str(leaf.count), "period": leaf.period},
    tree.DateCompare: lambda leaf: {"fact": leaf.fact, "verb": leaf.operator, "day": leaf.day.isoformat()},
    tree.DateBetween: _date_between,
    tree.Yearly: _yearly,
    tree.Happened: lambda leaf: {"fact": leaf.fact, "verb": "有", "count": str(leaf.count), "period": leaf.period},
}


# ---- from the row to the condition --------------------------------------------------------------------------------


def condition_of_row(row: FormNode, catalogue: Catalogue) -> tree.Condition:
    """The condition that a row states. A RowError says what is lacking or wrong."""
    fact = fact_of(row, catalogue)
    verb = row.values.get("verb", "")
    if verb not in VERBS[fact.kind]:
        raise RowError(_("请选择怎样比较"))
    positive = POSITIVE.get(verb, verb)
    leaf: tree.Condition = tree.Known(fact.code) if positive == KNOWN else _READERS[fact.kind](row, fact, positive)
    try:
        check(leaf, catalogue)
    except RuleError as error:
        raise RowError(str(error)) from error
    return tree.Not(leaf) if verb in POSITIVE else leaf


def fact_of(row: FormNode, catalogue: Catalogue) -> FactKind:
    """The fact a row is about, by any of its names."""
    name = row.values.get("fact", "").strip()
    if not name:
        raise RowError(_("请选择名称"))
    found = catalogue.by_name.get(name)
    if found is None:
        raise RowError(_("目录里没有“%(name)s”，请从列表中选择") % {"name": name[:40]})
    return found


def _number_row(row: FormNode, fact: FactKind, verb: str) -> tree.Condition:
    value = tree.Value(fact.code)
    if verb == BETWEEN:
        low, high = _literal(row, "low", "low_unit"), _literal(row, "high", "high_unit")
        return tree.Between(value, low, _end(row, "low_in"), high, _end(row, "high_in"))
    return tree.Compare(cast("tree.Operator", verb), value, _literal(row))


def _date_row(row: FormNode, fact: FactKind, verb: str) -> tree.Condition:
    if verb == "满":
        return tree.Elapsed(fact.code, _count(row, "count"), _period(row))
    if verb == BETWEEN:
        low, high = _day(row, "low_day"), _day(row, "high_day")
        return tree.DateBetween(fact.code, low, _end(row, "low_in"), high, _end(row, "high_in"))
    return tree.DateCompare(cast("tree.Operator", verb), fact.code, _day(row, "day"))


def _code_row(row: FormNode, fact: FactKind, _verb: str) -> tree.Condition:
    if not row.codes:
        raise RowError(_("请至少选择一项"))
    return tree.Within(fact.code, row.codes)


def _list_row(row: FormNode, fact: FactKind, _verb: str) -> tree.Condition:
    return tree.Listed(fact.code, _day(row, "day") if row.values.get("day") else None)


def _series_row(row: FormNode, fact: FactKind, verb: str) -> tree.Condition:
    operator = row.values.get("operator", "")
    if operator not in SIGNS:
        raise RowError(_("请选择怎样比较"))
    return tree.Yearly(_count(row, "years"), verb == "每年", fact.code, cast("tree.Operator", operator), _literal(row))


def _event_row(row: FormNode, fact: FactKind, _verb: str) -> tree.Condition:
    return tree.Happened(fact.code, _count(row, "count"), _period(row))


_READERS: Mapping[Kind, Callable[[FormNode, FactKind, str], tree.Condition]] = {
    Kind.BOOL: lambda _row, fact, _verb: tree.Holds(fact.code),
    Kind.NUM: _number_row,
    Kind.DATE: _date_row,
    Kind.CODE: _code_row,
    Kind.LIST: _list_row,
    Kind.SERIES: _series_row,
    Kind.EVENT: _event_row,
}


def _literal(row: FormNode, number: str = "number", unit: str = "unit") -> tree.Literal:
    written = half_width(row.values.get(number, "").strip()).replace("−", "-").replace(",", "").replace(" ", "")
    if not written:
        raise RowError(_("请填写数值"))
    if not _NUMBER.fullmatch(written):
        raise RowError(_("“%(text)s”不是数，请用阿拉伯数字") % {"text": written[:20]})
    if unit_named(row.values.get(unit, "")) is None:
        raise RowError(_("请选择单位"))
    sign, digits = ("-", written[1:]) if written[0] == "-" else ("", written)
    plain = digits.lstrip("0")
    return tree.Literal(f"{sign}{plain if plain[:1].isdigit() else f'0{plain}'}", row.values.get(unit, ""))


def _count(row: FormNode, name: str) -> int:
    written = half_width(row.values.get(name, "").strip())
    if not re.fullmatch(r"[0-9]{1,4}", written) or int(written) < 1:
        raise RowError(_("请填写大于 0 的整数"))
    return int(written)


def _period(row: FormNode) -> tree.PeriodUnit:
    period = row.values.get("period", "")
    if period not in PERIODS:
        raise RowError(_("期限请用 年、个月 或 天"))
    return cast("tree.PeriodUnit", period)


def _day(row: FormNode, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(row.values.get(name, ""))
    except ValueError:
        raise RowError(_("请填写日期")) from None


def _end(row: FormNode, name: str) -> bool:
    end = row.values.get(name, "")
    if end not in (IN, OUT):
        raise RowError(_("请写明含不含"))
    return end == IN
