"""Rules as JSON 规则存档: what is stored, sent to a form and hashed. Numbers stay strings as written, with their unit.

`{"schema": 1, "rule": {"op": "compare", "operator": "≥", "left": {"op": "value", "fact": "staff"}, …}}`. Spans are not kept.
The digest of a tree is its identity: two texts with the same meaning have the same one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, get_args

from songda.engines.rules import tree
from songda.engines.rules.problem import Problem, RuleError
from songda.engines.rules.units import unit
from songda.engines.rules.walk import MOST_DEEP

SCHEMA = 1
_NUMBER = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,24})?")
Read = Callable[[Any, "_Reader"], Any]


def to_json(node: tree.Rule) -> dict[str, Any]:
    """A rule as plain JSON values."""
    return {"schema": SCHEMA, "rule": _written(node)}


def from_json(obj: Any) -> tree.Rule:
    """The rule that `to_json` wrote. Raises `RuleError` on anything else; whether it fits a catalogue is `check`'s question."""
    if not isinstance(obj, Mapping) or obj.get("schema") != SCHEMA or set(obj) != {"schema", "rule"}:
        raise _refusal(f"应为 {{schema: {SCHEMA}, rule: …}}")
    found: tree.Rule = _Reader().node(obj["rule"], (*_CONDITIONS, tree.Amount))
    return found


def digest(node: tree.Rule) -> str:
    """The SHA-256 of a rule's canonical JSON, in hexadecimal."""
    text = json.dumps(to_json(node), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _written(value: Any) -> Any:
    if isinstance(value, tree.Node):
        parts = {one.name: _written(getattr(value, one.name)) for one in fields(value) if one.name != "span"}
        return {"op": _OPS[type(value)], **parts}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


class _Reader:
    """Reads nodes, refusing what lies too deep."""

    def __init__(self) -> None:
        self.depth = 0

    def node(self, obj: Any, allowed: tuple[type[tree.Node], ...]) -> Any:
        op = obj.get("op") if isinstance(obj, Mapping) else None
        kind = _KINDS.get(op) if isinstance(op, str) else None
        if kind is None or kind not in allowed:
            raise _refusal(f"这里应为 {'、'.join(_OPS[one] for one in allowed[:6])} 等")
        spec = _SPECS[kind]
        if set(obj) != {"op", *spec}:
            raise _refusal(f"{op} 应有且只有：{'、'.join(spec)}")
        self.depth += 1
        if self.depth > MOST_DEEP:
            raise _refusal(f"层次太多（最多{MOST_DEEP}层）", "too_deep")
        made = kind(**{name: read(obj[name], self) for name, read in spec.items()})
        self.depth -= 1
        return made


def _refusal(expected: str, code: str = "bad_json") -> RuleError:
    return RuleError(Problem(code, 0, 0, f"规则存档有误：{expected}", expected=(expected,)))


# ---- what each field may hold -------------------------------------------------------------------------------------


def _text(value: Any, _reader: _Reader) -> str:
    if not isinstance(value, str) or not value:
        raise _refusal("文字")
    return value


def _count(value: Any, _reader: _Reader) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 9999:
        raise _refusal("0 到 9999 的整数")
    return value


def _flag(value: Any, _reader: _Reader) -> bool:
    if not isinstance(value, bool):
        raise _refusal("true 或 false")
    return value


def _day(value: Any, _reader: _Reader) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _refusal("日期 YYYY-MM-DD") from None


def _number_text(value: Any, _reader: _Reader) -> str:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise _refusal('写成文字的数，如 "1.5"')
    return value


def _unit(value: Any, _reader: _Reader) -> str:
    if not isinstance(value, str) or unit(value) is None:
        raise _refusal("已登记的单位")
    return value


def _one_of(*words: str) -> Read:
    def read(value: Any, _reader: _Reader) -> str:
        if value not in words:
            raise _refusal(" / ".join(words))
        return str(value)

    return read


def _a(*kinds: type[tree.Node]) -> Read:
    return lambda value, reader: reader.node(value, kinds)


def _maybe(read: Read) -> Read:
    return lambda value, reader: None if value is None else read(value, reader)


def _many(read: Read, least: int = 1) -> Read:
    def read_all(value: Any, reader: _Reader) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) < least:
            raise _refusal(f"至少{least}项的列表")
        return tuple(read(one, reader) for one in value)

    return read_all


def _code_arm(value: Any, reader: _Reader) -> tuple[str, tree.Number]:
    if not isinstance(value, list) or len(value) != 2:
        raise _refusal("[代码, 数]")
    return _text(value[0], reader), _number(value[1], reader)


_CONDITIONS: tuple[type[tree.Node], ...] = get_args(tree.Condition)
_condition = _a(*_CONDITIONS)
_number = _a(*get_args(tree.Number))
_literal = _a(tree.Literal)
_operator = _one_of(*get_args(tree.Operator))
_period = _one_of(*get_args(tree.PeriodUnit))
_mode = _one_of(*get_args(tree.Rounding))

_SPECS: dict[type[tree.Node], dict[str, Read]] = {
    tree.And: {"items": _many(_condition, 2)},
    tree.Or: {"items": _many(_condition, 2)},
    tree.Not: {"item": _condition},
    tree.AtLeast: {"count": _count, "items": _many(_condition)},
    tree.Holds: {"fact": _text},
    tree.Compare: {"operator": _operator, "left": _number, "right": _number},
    tree.Between: {"value": _number, "low": _literal, "low_in": _flag, "high": _literal, "high_in": _flag},
    tree.Within: {"fact": _text, "codes": _many(_text)},
    tree.Listed: {"fact": _text, "on": _maybe(_day)},
    tree.Elapsed: {"fact": _text, "count": _count, "period": _period},
    tree.DateCompare: {"operator": _operator, "fact": _text, "day": _day},
    tree.DateBetween: {"fact": _text, "low": _day, "low_in": _flag, "high": _day, "high_in": _flag},
    tree.Yearly: {"years": _count, "every": _flag, "series": _text, "operator": _operator, "right": _number},
    tree.Happened: {"fact": _text, "count": _count, "period": _period},
    tree.Known: {"fact": _text},
    tree.Latest: {"item": _condition},
    tree.Literal: {"number": _number_text, "unit": _unit},
    tree.Value: {"fact": _text},
    tree.Arithmetic: {"operator": _one_of("+", "−", "×", "÷"), "left": _number, "right": _number},
    tree.Pick: {"function": _one_of("取小", "取大", "合计"), "items": _many(_number, 2)},
    tree.OverYears: {"function": _one_of("复合增长率", "同比增长率", "合计", "平均"), "series": _text, "years": _count},
    tree.Arm: {"operator": _one_of("≤", "<", "≥", ">"), "bound": _literal, "result": _number},
    tree.Tiers: {"sliced": _flag, "base": _number, "arms": _many(_a(tree.Arm)), "other": _number},
    tree.ByCode: {"fact": _text, "arms": _many(_code_arm), "other": _maybe(_number)},
    tree.Whole: {"item": _number, "mode": _mode},
    tree.Limit: {"upper": _flag, "bound": _literal},
    tree.Amount: {
        "number": _number,
        "limits": _many(_a(tree.Limit), 0),
        "unit": _one_of("分", "元", "百元", "万元"),
        "mode": _mode,
    },
}
_OPS = {kind: re.sub(r"(?<!^)([A-Z])", r"_\1", kind.__name__).lower() for kind in _SPECS}
_KINDS = {op: kind for kind, op in _OPS.items()}
