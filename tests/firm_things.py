"""A row of every table that a firm's export takes along, made by the table's own columns: a new table needs nothing here."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.db.models import Field, ForeignKey, Model, QuerySet
from django.db.models.fields import NOT_PROVIDED

from songda.office.retention.queries.due import table
from songda.office.retention.rules.sheets import SHEETS, Sheet
from songda.registry.people.tests.cast import NOW
from songda.registry.subjects.models import Subject

NUMBERS = count(1000)
VALUES: dict[str, object] = {
    "DateTimeField": NOW, "DateField": NOW.date(), "JSONField": {}, "BooleanField": False, "TextField": "甲甲文字", "TimeField": dt.time(),
}  # fmt: skip
SAID: dict[str, dict[str, object]] = {  # what a table's own constraints ask for
    "resumption.Entry": {"sort": "subject"},
    "service_markets.Stall": {"least": 1, "most": 2, "people": 1},
    "policy_briefings.Question": {"letter_copy": True},
    "policy_receipts.Receipt": {"method": "online"},
    "policy_briefings.Briefing": {"ends_at": NOW + dt.timedelta(hours=1)},
    "service_visits.Visit": {"state": "proposed"},
    "service_visits.Stop": {"place": "甲甲车间"},
    "service_visits.Finding": {"kind": "issue"},
    "service_visits.Plan": {"state": "active"},
    "service_helping.Usage": {"slot": 1, "state": "used"},
    "service_helping.Team": {"kind": "squad"},
    "service_markets.MarketPlan": {"state": "published"},
    "papers.Paper": {"series": "甲甲{n}", "ordinal": 1, "number": "甲甲1", "issued_at": NOW, "issued_on": NOW.date()},
}


def fill(subject: Subject) -> None:
    """A row of each table that has none of this firm yet."""
    for sheet in SHEETS:
        made_for(sheet, subject)


def made_for(sheet: Sheet, subject: Subject) -> Model:
    """The firm's row in a table, as the sheet lets it out."""
    model = table(sheet.model)
    found = QuerySet(model).filter(**{sheet.path: subject.pk}, **sheet.only).first()
    return found or made(model, sheet.path.split("__"), subject, wanted(sheet))


def wanted(sheet: Sheet) -> dict[str, object]:
    """Columns of the row itself that the sheet asks for: one value of several."""
    own = {name: value for name, value in sheet.only.items() if "__" not in name.removesuffix("__in")}
    return {name.removesuffix("__in"): value[0] if isinstance(value, tuple) else value for name, value in own.items()}


def made(model: type[Model], path: list[str], subject: Subject, given: dict[str, object]) -> Model:
    """A row whose `path` leads to the firm; the rows on the way are made, or taken where they stand already."""
    said = {**SAID.get(model._meta.label, {}), **given}
    values = {
        field.name: value_of(field, path, subject, said) for field in model._meta.concrete_fields if asked(field, path, said)
    }
    row = model(**values)
    QuerySet(model).bulk_create([row])
    return QuerySet(model).order_by("-pk")[0]


def asked(field: Field[Any, Any], path: list[str], said: dict[str, object]) -> bool:
    """Whether a column must be said."""
    if field.primary_key:
        return False
    optional = field.null or field.blank or field.has_default() or getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED
    return field.name == path[0] or field.name in said or not optional


def value_of(field: Field[Any, Any], path: list[str], subject: Subject, said: dict[str, object]) -> object:
    """A value that fits."""
    if isinstance(field, ForeignKey):
        return pointed_at(field, path, subject)
    if field.name in said:
        return said[field.name]
    if field.choices:
        return field.flatchoices[0][0]
    kind = field.get_internal_type()
    if kind in VALUES:
        return VALUES[kind]
    if "Integer" in kind:
        return next(NUMBERS) % 30 + 1
    return f"甲{next(NUMBERS)}"[: field.max_length or 40]


def pointed_at(field: ForeignKey[Any, Any], path: list[str], subject: Subject) -> Model:
    """The firm, the next row on the way to it, or any row of the table."""
    model = field.related_model
    if field.name == path[0]:
        if model is Subject:
            return subject
        own = QuerySet(model).filter(**{"__".join(path[1:]): subject.pk}).order_by("-pk").first()
        return own or made(model, path[1:], subject, {})
    return QuerySet(model).first() or made(model, ["-"], subject, {})
