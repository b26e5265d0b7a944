"""What is due 到期: records whose time is over, and what keeps some of them back. One place for the list and for carrying it out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Count, DateTimeField, Exists, Field, ForeignObjectRel, Max, Min, Model, OuterRef, Q, QuerySet

from songda.kernel import clock
from songda.office.retention.models import Hold, PurgeItem
from songda.office.retention.rules.holdings import Holding, Part

Rows = QuerySet[Any, Any]
NONE = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Standing:
    """How a holding stands on a day: records due, from when to when, those held back by reason, those that come due later."""

    due: int
    oldest: dt.date | None
    newest: dt.date | None
    unfinished: int
    held: int
    referenced: int
    coming: int


def table(label: str) -> type[Model]:
    """The model of a label ('cases.Case')."""
    return apps.get_model(label)


def rows_in(label: str) -> QuerySet[Any, Any]:
    """All rows of a table; a plain queryset, whatever the table's own allows."""
    return QuerySet(table(label))


def rows_of(holding: Holding) -> QuerySet[Any, Any]:
    """All records of a holding."""
    return rows_in(holding.model).filter(**holding.only)


def untouched(holding: Holding, action: str) -> Rows:
    """The records without those already depersonalised."""
    if action != "depersonalise":
        return rows_of(holding)
    gone = PurgeItem.objects.filter(line__holding=holding.code, key=OuterRef("pk"), done_at__isnull=False)
    return rows_of(holding).filter(~Exists(gone))


def begun_before(holding: Holding, day: dt.date) -> Q:
    """Records whose time began before a day."""
    moment = isinstance(table(holding.model)._meta.get_field(holding.since), DateTimeField)
    return Q(**{f"{holding.since}__lt": clock.start_of(day) if moment else day})


def finished(holding: Holding) -> Q:
    """Records that are over: `done`, and not in what `unless` says."""
    said = Q(**holding.done) if holding.done else ~NONE  # an empty Q and its negation both mean every row
    if holding.unless:
        said &= ~Q(pk__in=rows_of(holding).filter(**holding.unless).values("pk"))
    return said


def under_hold(holding: Holding) -> Q:
    """Records that a hold covers: of the holding, of its firm, of its matter."""
    standing = Hold.objects.filter(lifted_at=None)
    said = Q(Exists(standing.filter(holding=holding.code)))
    for path, held in ((holding.subject, "subject"), (holding.case, "case")):
        if path:
            keys = standing.filter(**{f"{held}__isnull": False}).values(held)
            said |= Q(pk__in=rows_of(holding).filter(**{f"{path}__in": keys}).values("pk"))
    return said


def referred_to(model: type[Model], inside: frozenset[str] = frozenset()) -> Q:
    """Rows that rows of other tables point at (tables `inside` go along and do not count)."""
    found = [
        Q(Exists(QuerySet(relation.related_model).filter(**{relation.field.name: OuterRef("pk")})))
        for relation in relations_of(model)
        if relation.related_model._meta.label not in inside
    ]
    return reduce(or_, found, NONE)


def relations_of(model: type[Model]) -> list[ForeignObjectRel]:
    """Every foreign key of other tables that points at this one, hidden ones too."""
    fields: list[Field[object, object] | ForeignObjectRel] = list(model._meta.get_fields(include_hidden=True))
    return [one for one in fields if isinstance(one, ForeignObjectRel) and (one.one_to_many or one.one_to_one)]


def parts_of(holding: Holding, cutoff: dt.date, action: str) -> tuple[Q, Q, Q, Q]:
    """What decides: over by age, finished, under hold, kept by another record."""
    model = table(holding.model)
    kept = referred_to(model, frozenset(holding.tables)) if action == "destroy" else NONE
    return begun_before(holding, cutoff), finished(holding), under_hold(holding), kept


def due(holding: Holding, cutoff: dt.date, action: str) -> Rows:
    """The records that may go now, oldest first."""
    aged, done, held, kept = parts_of(holding, cutoff, action)
    return untouched(holding, action).filter(aged & done & ~held & ~kept).order_by(holding.since, "pk")


def standing_of(holding: Holding, cutoff: dt.date, action: str, later: dt.date | None = None) -> Standing:
    """How the holding stands, and what comes due by its age alone until `later`: one query."""
    aged, done, held, kept = parts_of(holding, cutoff, action)
    going, coming = aged & done & ~held & ~kept, begun_before(holding, later or cutoff) & ~aged
    found: dict[str, Any] = untouched(holding, action).aggregate(
        due=Count("pk", filter=going),
        oldest=Min(holding.since, filter=going),
        newest=Max(holding.since, filter=going),
        unfinished=Count("pk", filter=aged & ~done),
        held=Count("pk", filter=aged & done & held),
        referenced=Count("pk", filter=aged & done & ~held & kept),
        coming=Count("pk", filter=coming),
    )
    found["oldest"], found["newest"] = day_of(found["oldest"]), day_of(found["newest"])
    return Standing(**found)


def day_of(value: dt.date | dt.datetime | None) -> dt.date | None:
    """The local day of a stored day or moment."""
    return clock.day_of(value) if isinstance(value, dt.datetime) else value


def evidence_parts(holding: Holding) -> tuple[Part, ...]:
    """The parts whose rows free evidence."""
    return tuple(part for part in holding.parts if part.frees)
