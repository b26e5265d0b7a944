"""The rows behind a number 数据来源行: what a source counts, as the asker may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.rules.sources import Source, Where, digest_of


def where_of(one: Definition, cell: str = "") -> Where:
    """What of its source an indicator counts; in a cell, that cell alone."""
    return {**one.where, one.cells: (cell,)} if cell else one.where


def digest_of_rows(source: Source, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime) -> str:
    """The digest of the keys of all rows behind a number, whoever may see them."""
    behind = source.rows()(where, area_path, since=since, as_of=as_of, actor=None)
    return digest_of(_keys(behind.rows))


def _keys(rows: Any) -> Iterator[object]:
    if isinstance(rows, QuerySet):
        return iter(rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000))
    return iter(rows)
