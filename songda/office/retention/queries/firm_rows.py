"""A firm's rows 企业数据, table by table: one query a table, however many rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.audit.rules import plain
from songda.kernel.workbooks import moment
from songda.office.retention.queries.due import rows_in, table
from songda.office.retention.rules.sheets import SHEETS, WITHHELD, Sheet
from songda.registry.facts.models import Fact
from songda.registry.facts.queries import catalogue
from songda.registry.facts.rules import in_words
from songda.registry.subjects.queries import standing_under

AnyField = Field[Any, Any]
CHUNK = 2000
LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "organisations.Organisation": ("name",),
    "subjects.Subject": ("name",),
    "people.Post": ("organisation__name", "title"),
    "cases.Case": ("number",),
    "cases.KindVersion": ("label",),
    "papers.KindVersion": ("label",),
    "facts.FactDefinition": ("name",),
    "facts.Source": ("name",),
    "evidence.Evidence": ("name",),
    "evidence.StoredFile": ("digest",),
    "notices.Notice": ("title",),
    "policy_library.MeasureVersion": ("title",),
    "policy_library.Document": ("title",),
    "policy_briefings.Briefing": ("title",),
    "policy_receipts.Handout": ("title",),
    "service_helping.Team": ("name",),
}
"""How a row of another table is named; the number of its row where nothing stands here. A post by unit and title, never by person."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Chinese heading, its name, where its value is read from, its field."""

    heading: str
    name: str
    lookups: tuple[str, ...]
    field: AnyField


@dataclass(frozen=True, slots=True)
class Taken:
    """A table as it goes out: its name, its columns, its rows (values of the columns), one query when they are asked for."""

    sheet: Sheet
    label: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[list[object]]]


def taken(subject_id: int) -> Iterator[Taken]:
    """Every table of one firm, with what stands under subjects that were merged into it."""
    keys = standing_under(subject_id)
    for sheet in SHEETS:
        model = table(sheet.model)
        columns, rows = columns_of(sheet, model), rows_for(sheet, keys)
        give = facts_in_words if model is Fact else values
        yield Taken(sheet, str(model._meta.verbose_name), columns, partial(give, rows, columns))


def rows_for(sheet: Sheet, keys: Iterable[int]) -> QuerySet[Model]:
    """The rows of one firm in a table, oldest first."""
    rows = rows_in(sheet.model).filter(**{f"{sheet.path}__in": keys}, **sheet.only)
    return (rows.exclude(**sheet.unless) if sheet.unless else rows).order_by("pk")


def columns_of(sheet: Sheet, model: type[Model]) -> tuple[Column, ...]:
    """The columns that are the firm's to have."""
    personal: frozenset[str] = getattr(model, "personal_fields", frozenset())
    return tuple(
        Column(str(field.verbose_name) if field.name != "id" else _("记录编号"), field.name, lookups_of(field), field)
        for field in model._meta.concrete_fields
        if goes_out(sheet, field.name, personal)
    )


def goes_out(sheet: Sheet, name: str, personal: frozenset[str]) -> bool:
    """Whether a column is exported."""
    if name in sheet.own:
        return True
    return name not in sheet.withheld and name not in personal and not WITHHELD.search(name)


def lookups_of(field: AnyField) -> tuple[str, ...]:
    """Where a value is read: the column itself, or what names the row it points at."""
    if not isinstance(field, ForeignKey):
        return (field.name,)
    named = LABELS.get(field.related_model._meta.label, ("pk",))
    return tuple(f"{field.name}__{one}" for one in named)


def values(rows: QuerySet[Model], columns: Sequence[Column]) -> Iterator[list[object]]:
    """The rows as values of the columns; parts of one value joined."""
    lookups = [lookup for column in columns for lookup in column.lookups]
    for row in rows.values_list(*lookups).iterator(chunk_size=CHUNK):
        feed = iter(row)
        yield [joined([next(feed) for _part in column.lookups], column.field) for column in columns]


def facts_in_words(rows: QuerySet[Model], columns: Sequence[Column]) -> Iterator[list[object]]:
    """Facts as a person reads them: the number of a value and its text become one, in its unit or by the name of its code."""
    lists = catalogue().code_lists
    told = Fact.objects.filter(pk__in=rows.order_by().values("pk")).select_related("fact", "source").order_by("pk")
    for row in told.iterator(chunk_size=CHUNK):
        words = in_words(row.fact.kind_of(), row.fact.unit, row.num, row.text, lists.get(row.fact.code_list))
        said = {"num": row.num, "text": words, "fact": row.fact.name, "source": row.source.name}
        yield [said.get(column.name, getattr(row, column.name)) for column in columns]


def joined(parts: Sequence[object], field: AnyField) -> object:
    """One value: a choice by its label, several parts as one text."""
    if len(parts) > 1:
        return " ".join(str(one) for one in parts if one) or None
    if not field.choices:
        return parts[0]
    choices = dict(field.flatchoices)
    return str(choices.get(parts[0], parts[0]))


def in_cell(value: object) -> str:
    """A value as a cell shows it."""
    match value:
        case None:
            return ""
        case bool():
            return _("是") if value else _("否")
        case dt.datetime():
            return moment(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def in_line(taken_: Taken, row: Sequence[object]) -> str:
    """A row as a line of JSON, times in UTC."""
    named = {column.name: plain(value) for column, value in zip(taken_.columns, row, strict=True)}
    return json.dumps(named, ensure_ascii=False)
