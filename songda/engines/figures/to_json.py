"""A bulletin as plain values for JSON 输出: figures, checks, flags."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from songda.engines.figures.bulletin import Bulletin, CheckedRelation, Figure, Flag


def to_json(bulletin: Bulletin) -> dict[str, list[dict[str, Any]]]:
    """`figures`, `checks` and `flags`; numbers as JSON numbers, dates as text. Keys without a value are left out."""
    return {
        "figures": [_figure(one) for one in bulletin.figures],
        "checks": [_check(one) for one in bulletin.checks],
        "flags": [_flag(one) for one in bulletin.flags],
    }


def _figure(one: Figure) -> dict[str, Any]:
    told: dict[str, Any] = {"quote": one.quote, "span": list(one.span), "value": _number(one.value), "unit": one.unit}
    if one.upto is not None:
        told["range"] = [_number(one.value), _number(one.upto)]
    told |= {
        "kind": one.kind,
        "precision": one.precision,
        "subject": one.subject,
        "scope": one.scope,
        "as_of": one.as_of,
        "per": one.per,
    }
    return {name: value for name, value in (told | {"clause": one.clause}).items() if value != ""}


def _check(one: CheckedRelation) -> dict[str, Any]:
    return {
        "type": one.kind, "numbers": [_number(number) for number in one.numbers], "quotes": list(one.quotes),
        "spans": [list(span) for span in one.spans], "computed": _number(round(one.computed, 4)), "stated": _number(one.stated),
        "holds": one.holds, "note": one.note,
    }  # fmt: skip


def _flag(one: Flag) -> dict[str, Any]:
    return {"quote": one.quote, "span": list(one.span), "severity": one.severity, "sort": one.sort, "reason": one.reason}


def _number(value: Decimal | str | None) -> int | float | str | None:
    if value is None or isinstance(value, str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
