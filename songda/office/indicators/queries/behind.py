"""The rows behind a number 数据来源行: what a source counts, as the asker may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.clock import day_of
from songda.kernel.errors import NotFound
from songda.office.indicators.models import Value
from songda.office.indicators.queries.definitions import definition
from songda.office.indicators.rules.definitions import Definition, definition_of
from songda.office.indicators.rules.sources import RowsBehind, Source, Where, digest_of, source_of
from songda.office.indicators.states import Origin, Spread
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

TOP, BOTTOM = "numerator", "denominator"


def where_of(one: Definition, cell: str = "") -> Where:
    """What of its source an indicator counts; in a cell, that cell alone."""
    return {**one.where, one.cells: (cell,)} if cell and one.cells else one.where


def digest_of_rows(source: Source, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime) -> str:
    """The digest of the keys of all rows behind a number, whoever may see them."""
    behind = source.rows()(where, area_path, since=since, as_of=as_of, actor=None)
    return digest_of(_keys(behind.rows))


def definition_of_value(row: Value) -> Definition:
    """The indicator as it was when the value was kept."""
    return definition_of(row.indicator.body)


def has_rows(row: Value) -> bool:
    """Whether a value was computed from rows that can be shown."""
    one = definition_of_value(row)
    part = definition(one.numerator) if one.is_rate else one
    return row.origin == Origin.COMPUTED and source_of(part.source) is not None


def behind_value(row: Value, part: str, actor: Actor) -> RowsBehind:
    """The rows behind a computed value as they stand now; of a rate those of its numerator, or of its denominator when asked."""
    one = definition_of_value(row)
    counted = definition(one.denominator if part == BOTTOM else one.numerator) if one.is_rate else one
    return _behind(counted, row.area_path, row.cell, as_of=row.as_of, since=row.since, actor=actor)


def behind_day(one: Definition, unit: Organisation, cell: str, *, as_of: dt.datetime, actor: Actor) -> RowsBehind:
    """The rows behind the number of a day: what it brought, or what stood at its end."""
    counted = definition(one.numerator) if one.is_rate else one
    return _behind(counted, unit.area_path, cell, as_of=as_of, since=day_of(as_of), actor=actor)


def _behind(one: Definition, area_path: str, cell: str, *, as_of: dt.datetime, since: dt.date, actor: Actor) -> RowsBehind:
    source = source_of(one.source)
    if source is None:
        raise NotFound(
            _("“%(label)s”不是由本系统的记录计算的，没有来源行。") % {"label": one.label}, advice=_("请看该值的来源。")
        )
    start = since if one.spread == Spread.FLOW else None
    return source.rows()(where_of(one, cell), area_path, since=start, as_of=as_of, actor=actor)


def _keys(rows: Any) -> Iterator[object]:
    if isinstance(rows, QuerySet):
        return iter(rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000))
    return iter(rows)
