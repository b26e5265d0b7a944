"""Sight 可见: the one row that an address or a code names, among those the asker sees."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from songda.kernel.errors import NotFound

Row = TypeVar("Row", bound=Model)


def one_of(rows: QuerySet[Row], sentence: str, *, advice: str = "") -> Row:
    """The first of the rows; NotFound with this sentence where there is none: absent and out of sight read the same."""
    found = rows.first()
    if found is None:
        raise NotFound(sentence, advice=advice)
    return found
