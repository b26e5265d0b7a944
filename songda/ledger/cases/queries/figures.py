"""Figures of the ledger, each reproducible at its as-of time from steps alone; who found matters; what comes back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from songda.kernel import clock
from songda.kernel.paths import within
from songda.ledger.cases.access import visible_to
from songda.ledger.cases.models import Case, CaseStep, Group
from songda.ledger.cases.states import AT_REST, Origin
from songda.registry.actors import Actor

PROACTIVE = (Origin.OFFICER.value, Origin.SIGNAL.value)
REST = {state for states in AT_REST.values() for state in states}
DONE = ("closed", "verified")  # at rest with a result; the others were declined, withdrawn or cancelled


@dataclass(frozen=True, slots=True)
class Counts:
    """The ledger as it stood at a moment: total = open + at rest. `closed` are those at rest with a result."""

    at: dt.datetime
    total: int = 0
    open: int = 0
    closed: int = 0
    on_spot: int = 0
    by_state: dict[str, int] = field(default_factory=dict)
    by_kind: dict[str, tuple[int, int]] = field(default_factory=dict)  # label → (closed, open)


@dataclass(frozen=True, slots=True)
class Share:
    """Who found the matters of a unit in a month 主动发现: proactive are those found by officers or by data."""

    unit: str
    month: dt.date
    total: int
    proactive: int


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The same cause again and again in one area: how many cases, of how many firms."""

    cause: str
    cases: int
    firms: int
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Cases of a group's cause before and after its change, over equal periods of so many days."""

    days: int
    before: int
    after: int


def counts_as_of(actor: Actor, at: dt.datetime) -> Counts:
    """The counts of what is in sight as they stood at a moment, from the steps up to then: the same at any later time.

    A case that has not moved since then stands as it stood; of the others the last step up to then says where.
    """
    seen = visible_to(actor).filter(opened_at__lte=at).order_by()
    rows = seen.filter(moved_at__lte=at).values_list("state", "kind__label").annotate(n=Count("pk"))
    tally: dict[tuple[str, str], int] = {(state, kind): n for state, kind, n in rows}
    then = CaseStep.objects.filter(case=OuterRef("pk"), at__lte=at).order_by("-seq").values("after")[:1]
    moved = seen.filter(moved_at__gt=at).annotate(then=Subquery(then)).values_list("then", "kind__label").annotate(n=Count("pk"))
    for state, kind, n in moved:
        tally[state or "", kind] = tally.get((state or "", kind), 0) + n
    spot = CaseStep.objects.filter(step="solve_on_spot", at__lte=at, case__in=seen.values("pk")).values("case").distinct().count()
    return _summed(at, tally, spot)


def _summed(at: dt.datetime, tally: dict[tuple[str, str], int], on_spot: int) -> Counts:
    by_state: dict[str, int] = defaultdict(int)
    by_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (state, kind), count in tally.items():
        by_state[state] += count
        if state in DONE:
            by_kind[kind][0] += count
        elif state not in REST:
            by_kind[kind][1] += count
    total = sum(tally.values())
    open_now = sum(count for state, count in by_state.items() if state not in REST)
    kinds = {kind: (pair[0], pair[1]) for kind, pair in by_kind.items()}
    return Counts(at, total, open_now, sum(by_state[state] for state in DONE), on_spot, dict(by_state), kinds)


def origin_shares(actor: Actor, first: dt.date, last: dt.date) -> list[Share]:
    """Proactive share by lead unit and month (SVC-58): tickets found by officers or data over all tickets. One grouped query."""
    period = Q(opened_at__gte=clock.start_of(first), opened_at__lt=clock.start_of(last + dt.timedelta(days=1)))
    found = visible_to(actor).filter(period).order_by().annotate(month=TruncMonth("opened_at", tzinfo=clock.place()))
    counted = found.values_list("lead__short_name", "month").annotate(
        total=Count("pk"), proactive=Count("pk", filter=Q(origin__in=PROACTIVE))
    )
    return sorted(
        (Share(unit or "", clock.day_of(month), total, proactive) for unit, month, total, proactive in counted),
        key=lambda one: (one.month, -one.total, one.unit),
    )


def recurrences(actor: Actor, *, since: dt.datetime, at_least: int = 3) -> list[Recurrence]:
    """Causes that came up at least so often since then in ungrouped cases in sight: each a proposal for a change (SVC-63)."""
    found = visible_to(actor).filter(opened_at__gte=since, group=None).exclude(cause="").order_by()
    often = found.values("cause").annotate(n=Count("pk"), firms=Count("subject", distinct=True)).filter(n__gte=at_least)
    numbers: dict[str, list[int]] = defaultdict(list)
    rows = list(often)
    for cause, number in found.filter(cause__in=[one["cause"] for one in rows]).order_by("id").values_list("cause", "pk"):
        numbers[cause].append(number)
    made = (Recurrence(one["cause"], one["n"], one["firms"], tuple(numbers[one["cause"]])) for one in rows)
    return sorted(made, key=lambda one: (-one.cases, one.cause))


def effect_of(group: Group, *, on: dt.date) -> Effect | None:
    """Recurrence before and after a group's change over equal periods; None before the change has run a day."""
    if group.changed_on is None or on <= group.changed_on:
        return None
    days = (on - group.changed_on).days
    same = Case.objects.filter(within([group.area_path]), cause=group.cause)
    return Effect(days, _opened(same, group.changed_on - dt.timedelta(days=days), days), _opened(same, group.changed_on, days))


def _opened(cases: QuerySet[Case], first: dt.date, days: int) -> int:
    return cases.filter(
        opened_at__gte=clock.start_of(first), opened_at__lt=clock.start_of(first + dt.timedelta(days=days))
    ).count()
