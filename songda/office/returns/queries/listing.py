"""Lists 列表: what a unit owes, what waits for whom, the matrix of forms, units and periods, and its rates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When
from django.utils.translation import gettext as _

from songda.ledger.cases.queries.duty import Need
from songda.office.returns.access import visible_to
from songda.office.returns.models import FormVersion, Return
from songda.office.returns.rules.periods import Rate, is_late
from songda.office.returns.states import RETURN
from songda.registry.actors import Actor

WAITS_FOR = {
    "returns.fill": ("expected", "draft", "sent_back"),
    "returns.approve": ("submitted",),
    "returns.accept": ("approved",),
}
ON_TIME, LATE = Q(received_at__lte=F("due_at")), Q(received_at__gt=F("due_at"))
SOON = dt.timedelta(hours=3)


def waiting_for(actor: Actor, now: dt.datetime) -> QuerySet[Return]:
    """Returns that wait for a step of this post; a locked one waits for nobody who fills in."""
    states = [state for permission, states in WAITS_FOR.items() if actor.may(permission) for state in states]
    return visible_to(actor).filter(state__in=states).exclude(state__in=WAITS_FOR["returns.fill"], locks_at__lte=now)


def needs(actor: Actor, now: dt.datetime) -> list[Need]:
    """A line for the home: returns that wait for this post, pressing where one of them is late or due within hours."""
    if not any(actor.may(one) for one in WAITS_FOR):
        return []
    pressing = Q(state__in=WAITS_FOR["returns.fill"], due_at__lte=now + SOON)
    seen = waiting_for(actor, now).aggregate(count=Count("pk"), pressing=Count("pk", filter=pressing))
    line = Need(_("等您办理的报表"), seen["count"], "/returns/", urgent=bool(seen["pressing"]))
    return [line] if line.count else []


def returns_asked(actor: Actor, asked: Mapping[str, str], *, now: dt.datetime) -> QuerySet[Return]:
    """Returns by what is asked: `view` mine (wait for me), late, all; `form`, `state`, `unit` (a part of its name). Soonest due first."""
    view = asked.get("view", "")
    rows = waiting_for(actor, now) if view == "mine" else visible_to(actor)
    if view == "late":
        rows = rows.filter(LATE | Q(received_at=None, due_at__lt=now))
    if form := asked.get("form", ""):
        rows = rows.filter(code=form)
    if (state := asked.get("state", "")) in RETURN.states:
        rows = rows.filter(state=state)
    if unit := asked.get("unit", "").strip():
        rows = rows.filter(Q(organisation__name__contains=unit) | Q(organisation__short_name__contains=unit))
    return rows.order_by("due_at", "pk") if view == "mine" else rows.order_by("-due_at", "-pk")


def lamp(return_: Return, now: dt.datetime) -> str:
    """The lamp of a return: green in time, blue ahead, yellow soon due, red late or missing."""
    if return_.received_at is not None:
        return "red" if is_late(return_.received_at, return_.due_at) else "green"
    if now > return_.due_at:
        return "red"
    return "yellow" if return_.due_at - now <= SOON else "blue"


def rates(actor: Actor, first: dt.date, last: dt.date, *, by: str, now: dt.datetime) -> dict[object, Rate]:
    """On time, late and expected of the returns due by now, of periods that end in these days, by `code`, `organisation_id` or `last`."""
    due = visible_to(actor).filter(last__range=(first, last), due_at__lte=now)
    rows = due.order_by().values(by).annotate(
        expected=Count("pk"), on_time=Count("pk", filter=ON_TIME), late=Count("pk", filter=LATE)
    )  # fmt: skip
    return {row[by]: Rate(row["expected"], row["on_time"], row["late"]) for row in rows}


def rates_of_forms(actor: Actor, first: dt.date, last: dt.date, *, now: dt.datetime) -> list[tuple[str, str, Rate]]:
    """Code, label and rate of every form the actor sees, for periods that end in these days."""
    found = rates(actor, first, last, by="code", now=now)
    return [(code, label, found[code]) for code, label in forms_seen(actor) if code in found]


@dataclass(frozen=True, slots=True)
class Square:
    """One square of the matrix: a return, its lamp and word."""

    return_id: int
    state: str
    lamp: str
    late: bool
    corrected: bool
    suspect: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the matrix with its squares by period (None: not owed) and its rate."""

    unit: str
    squares: tuple[Square | None, ...]
    rate: Rate


@dataclass(frozen=True, slots=True)
class Board:
    """A form's matrix: periods across, units down; rates of all."""

    form: FormVersion
    periods: tuple[dt.date, ...]
    rows: tuple[Row, ...]
    rate: Rate


def board(actor: Actor, code: str, first: dt.date, last: dt.date, *, now: dt.datetime) -> Board | None:
    """The matrix of one form; None where the actor sees no return of it in these days. Two queries."""
    found = list(visible_to(actor).filter(code=code, last__range=(first, last)).order_by("organisation__area_path", "last"))
    if not found:
        return None
    days = tuple(sorted({one.last for one in found}))
    held: defaultdict[int, dict[dt.date, Return]] = defaultdict(dict)
    for one in found:
        held[one.organisation_id][one.last] = one
    rows = tuple(_row(by_day, days, now) for by_day in held.values())
    return Board(found[-1].form, days, rows, sum((row.rate for row in rows), Rate()))


def _row(held: Mapping[dt.date, Return], days: tuple[dt.date, ...], now: dt.datetime) -> Row:
    squares = tuple(_square(held[day], now) if day in held else None for day in days)
    due = [one for one in held.values() if one.due_at <= now]
    late = sum(one.received_at is not None and is_late(one.received_at, one.due_at) for one in due)
    received = sum(one.received_at is not None for one in due)
    return Row(next(iter(held.values())).filer, squares, Rate(len(due), received - late, late))


def _square(one: Return, now: dt.datetime) -> Square:
    late = one.received_at is not None and is_late(one.received_at, one.due_at)
    return Square(one.pk, one.state, lamp(one, now), late, one.number > 1, bool(one.suspect))


def forms_seen(actor: Actor) -> list[tuple[str, str]]:
    """Forms of which the actor sees returns, as choices; those owed again and again first."""
    codes = visible_to(actor).order_by().values("code").distinct()
    rows = FormVersion.objects.filter(code__in=codes, retired_at=None).annotate(
        turn=Case(When(code__endswith="daily", then=0), default=1, output_field=IntegerField())
    )  # fmt: skip
    return list(rows.order_by("turn", "pk").values_list("code", "label"))
