"""What is due 到期: records whose time is over, and what keeps some of them back. One place for the list and for carrying it out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Count, DateTimeField, Exists, Field, ForeignObjectRel, Max, Min, Model, OuterRef, Q, QuerySet

from songda.kernel import clock
from songda.office.retention.models import Hold, PurgeItem
from songda.office.retention.rules.holdings import Holding, Part

Rows = QuerySet[Model]
NONE = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Standing:
    """How a holding stands on a day: records due, from when to when, and those held back by reason."""

    due: int
    oldest: dt.date | None
    newest: dt.date | None
    unfinished: int
    held: int
    referenced: int


def table(label: str) -> type[Model]:
    """The model of a label ('cases.Case')."""
    return apps.get_model(label)


def rows_of(holding: Holding) -> Rows:
    """All records of a holding; a plain queryset, whatever the table's own allows."""
    return QuerySet(table(holding.model)).filter(**holding.only)


def over(holding: Holding, cutoff: dt.date, action: str) -> Rows:
    """Records whose time is over, finished or not, without those already depersonalised."""
    rows = before(rows_of(holding), holding, cutoff)
    if action != "depersonalise":
        return rows
    gone = PurgeItem.objects.filter(line__holding=holding.code, key=OuterRef("pk"), done_at__isnull=False)
    return rows.filter(~Exists(gone))


def before(rows: Rows, holding: Holding, cutoff: dt.date) -> Rows:
    """The rows whose time began before a day."""
    moment = isinstance(rows.model._meta.get_field(holding.since), DateTimeField)
    return rows.filter(**{f"{holding.since}__lt": clock.start_of(cutoff) if moment else cutoff})


def finished(holding: Holding) -> Q:
    """Records that are over: `done`, and not in what `unless` says."""
    said = Q(**holding.done)
    if holding.unless:
        said &= ~Q(pk__in=rows_of(holding).filter(**holding.unless).values("pk"))
    return said


def under_hold(holding: Holding) -> Q:
    """Records that a hold covers: of the holding, of its firm, of its matter."""
    standing = Hold.objects.filter(lifted_at=None)
    if standing.filter(holding=holding.code).exists():
        return ~NONE
    said = NONE
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
    fields: list[Field[object, object] | ForeignObjectRel] = list(model._meta.get_fields(include_hidden=True))  # type: ignore[arg-type]
    return [one for one in fields if isinstance(one, ForeignObjectRel) and (one.one_to_many or one.one_to_one)]


def due(holding: Holding, cutoff: dt.date, action: str) -> Rows:
    """The records that may go now, oldest first."""
    rows = over(holding, cutoff, action).filter(finished(holding)).exclude(under_hold(holding))
    if action == "destroy":
        rows = rows.exclude(referred_to(rows.model, frozenset(holding.tables)))
    return rows.order_by(holding.since, "pk")


def standing_of(holding: Holding, cutoff: dt.date, action: str) -> Standing:
    """How the holding stands: five queries."""
    counted = (
        due(holding, cutoff, action).order_by().aggregate(n=Count("pk"), oldest=Min(holding.since), newest=Max(holding.since))
    )
    aged = over(holding, cutoff, action)
    closed = aged.filter(finished(holding))
    free = closed.exclude(under_hold(holding)).count()
    done = closed.count()
    unfinished = aged.count() - done
    oldest, newest = (day_of(counted[name]) for name in ("oldest", "newest"))
    return Standing(counted["n"], oldest, newest, unfinished, done - free, free - counted["n"])


def coming(holding: Holding, cutoff: dt.date, later: dt.date, action: str) -> int:
    """How many records come due between two days by their age alone."""
    return over(holding, later, action).count() - over(holding, cutoff, action).count()


def day_of(value: dt.date | dt.datetime | None) -> dt.date | None:
    """The local day of a stored day or moment."""
    return clock.day_of(value) if isinstance(value, dt.datetime) else value


def evidence_parts(holding: Holding) -> tuple[Part, ...]:
    """The parts whose rows free evidence."""
    return tuple(part for part in holding.parts if part.frees)
