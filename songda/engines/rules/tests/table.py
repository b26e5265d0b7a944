"""Facts as the wide table of `sql`: one row a subject, one column a fact. Public: other suites run SQL over it too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.days import day_number
from songda.engines.rules.facts import Facts, Standing
from songda.engines.rules.sql import NEVER
from songda.engines.rules.tell import inside
from songda.engines.rules.walk import every

Row = dict[str, Any]


def columns(rules: Iterable[tree.Condition], catalogue: Catalogue, on: dt.date) -> dict[str, str]:
    """The table's columns and SQL types: BIGINT, or VARCHAR for codes."""
    found: dict[str, str] = {}
    for one in catalogue.facts:
        found[f"{one.code}__asof"] = "BIGINT"
        if one.kind is Kind.SERIES:
            found |= {f"{one.code}__{year}": "BIGINT" for year in range(on.year - 10, on.year + 1)}
        else:
            found[one.code] = "VARCHAR" if one.kind is Kind.CODE else "BIGINT"
    for rule in rules:
        days = (one for one in every(rule) if isinstance(one, tree.Listed) and one.on)
        found |= {f"{one.fact}__{one.on:%Y%m%d}": "BIGINT" for one in days}
    return found


def row(facts: Facts, wanted: Iterable[str], catalogue: Catalogue, on: dt.date) -> Row:
    """One subject's row."""
    return {column: _cell(facts, *column.partition("__")[::2], catalogue, on) for column in wanted}


def _cell(facts: Facts, code: str, part: str, catalogue: Catalogue, on: dt.date) -> Any:
    datum, fact = facts.get(code), catalogue.by_code[code]
    if datum is None:
        return None
    if part == "asof":
        return day_number(datum.as_of) if datum.as_of else None
    day = dt.date.fromisoformat(part) if len(part) == 8 else on
    return _stored(datum.value, fact, part, day)


def _stored(value: Any, fact: FactKind, part: str, day: dt.date) -> Any:
    match fact.kind:
        case Kind.BOOL:
            return int(value)
        case Kind.NUM:
            return int(value * fact.measure.scale)
        case Kind.SERIES:
            return int(value[int(part)] * fact.measure.scale) if int(part) in value else None
        case Kind.DATE:
            return day_number(value)
        case Kind.LIST:
            return _standing(value, day)
        case Kind.EVENT:
            return max((day_number(one) for one in value if one <= day), default=NEVER)
        case _:
            return value


def _standing(standing: Standing, day: dt.date) -> int | None:
    return int(inside(standing.member, day)) if inside(standing.covered, day) else None
