"""The list of the ledger 台账: filters, order, lamps; counts beside them from one grouped query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Case as Choice
from django.db.models import CharField, Count, Q, QuerySet, Value, When
from django.http import HttpRequest

from songda.engines.clocks.reading import Lamp
from songda.kernel import clock
from songda.kernel.paths import within
from songda.kernel.screens.paging import Page, page_of
from songda.ledger.cases.access import visible_to, working_on
from songda.ledger.cases.models import NEVER, Case, KindVersion
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules.lamps import Left, left
from songda.ledger.cases.states import MACHINES
from songda.registry.actors import Actor
from songda.registry.calendars.queries import working_days

WITH_FIRM = ("paused", "proposed")  # states in which the office waits and nothing can be stale
RELATED = ("kind", "subject", "lead", "holder__person", "holder__organisation")
UNREAD = ("kind__body", "extra", "text")  # columns that no list shows: a kind's body would be decoded anew for each row
LONGEST_STALE = 60
STATES = {state: label for machine in MACHINES.values() for state, label in machine.states.items()}
"""Every state of every machine in words, in the order of the machines."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list; an empty one does not filter. `open`: yes (default), no, all. `text` is part of a number, title or firm.

    `mine`: what the actor works on, `held`: what its post holds. `due_from`, `due_to` are local days, both included.
    """

    text: str = ""
    open: str = "yes"
    state: str = ""
    lamp: str = ""
    kind: str = ""
    category: str = ""
    lead: int | None = None
    holder: int | None = None
    origin: str = ""
    channel: str = ""
    area: str = ""
    mine: bool = False
    held: bool = False
    stale: bool = False
    due_from: dt.date | None = None
    due_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a list shows it: the lamp of its main clock, and what is left of it."""

    case: Case
    lamp: Lamp
    left: Left
    category: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open cases stand in a state, or under a lamp."""

    code: str
    count: int


def page_of_cases(
    actor: Actor, wanted: Wanted, request: HttpRequest, *, now: dt.datetime, size: int = 50, total: int | None = None
) -> Page[Case]:
    """A page of the cases in an actor's sight: open ones by what presses first, others by the latest. `total`: if counted already."""
    return page_of(listed(actor, wanted, now).select_related(*RELATED).defer(*UNREAD), request, size, total=total)


def listed(actor: Actor, wanted: Wanted, now: dt.datetime) -> QuerySet[Case]:
    """The cases wanted, in order."""
    found = visible_to(actor).filter(*conditions(actor, wanted, now))
    return found.order_by("rank", "pressing_at", "id") if wanted.open == "yes" else found.order_by("-opened_at", "-id")


def conditions(actor: Actor, wanted: Wanted, now: dt.datetime) -> Iterator[Q]:
    """Every filter as a condition."""
    if wanted.open in ("yes", "no"):
        yield Q(open=wanted.open == "yes")
    for column in ("state", "category", "origin", "channel", "lead", "holder"):
        if value := getattr(wanted, column):
            yield Q(**{column: value})
    if wanted.kind:
        yield Q(kind__kind__code=wanted.kind)
    if wanted.area:
        yield within([wanted.area])
    if wanted.lamp:
        yield under(Lamp(wanted.lamp), now)
    yield from _of_words(wanted)
    yield from _of_days(wanted)
    yield from _of_persons(actor, wanted)
    if wanted.stale:
        yield stale_now(now)


def under(lamp: Lamp, now: dt.datetime) -> Q:
    """Cases whose main clock shows this lamp now. The moment of the deadline itself is in time."""
    if lamp is Lamp.NONE:
        return Q(pressing_at=NEVER)
    if lamp is Lamp.RED:
        return Q(pressing_at__lt=now)
    running = Q(pressing_at__gte=now, pressing_at__lt=NEVER)
    yellow, blue = Q(yellow_at__isnull=False, yellow_at__lte=now), Q(blue_at__isnull=False, blue_at__lte=now)
    return running & {Lamp.YELLOW: yellow, Lamp.BLUE: blue & ~yellow, Lamp.GREEN: ~yellow & ~blue}[lamp]


def stale_now(now: dt.datetime) -> Q:
    """Open cases that nobody has moved for as many whole working days as their kind allows 停滞 (SVC-07)."""
    today = clock.day_of(now)
    days = working_days(today - dt.timedelta(days=LONGEST_STALE * 2), today - dt.timedelta(days=1))
    by_limit: dict[int, list[int]] = {}
    for version in KindVersion.objects.only("pk", "digest"):
        by_limit.setdefault(min(spec_of(version).closing.stale_days, len(days)), []).append(version.pk)
    found = Q(pk__in=())
    for limit, versions in by_limit.items():
        found |= Q(kind_id__in=versions, moved_at__lt=clock.start_of(days[-limit]))
    return Q(open=True) & ~Q(state__in=WITH_FIRM) & found


def stale(actor: Actor, *, now: dt.datetime) -> QuerySet[Case]:
    """What has stood still too long, the longest first."""
    return visible_to(actor).filter(stale_now(now)).order_by("moved_at", "id")


def rows_of(cases: Sequence[Case], *, now: dt.datetime, categories: Mapping[str, str] | None = None) -> list[Row]:
    """Cases as rows, with what is left in working days (one query for all), and their category in words."""
    ends = [one.pressing_at for one in cases if one.pressing_at < NEVER]
    last = [clock.day_of(now), *map(clock.day_of, ends)]
    days = working_days(min(last), max(last)) if ends else ()
    return [
        Row(
            one,
            lamp_of(one, now),
            left(_running(one), now, days, clock.place()),
            (categories or {}).get(one.category, one.category),
        )
        for one in cases
    ]


def _running(case: Case) -> dt.datetime | None:
    return case.pressing_at if case.pressing_at < NEVER else None


def lamp_of(case: Case, now: dt.datetime) -> Lamp:
    """The lamp of a case's main clock, from its columns."""
    if not case.open or case.pressing_at >= NEVER:
        return Lamp.NONE
    if now > case.pressing_at:
        return Lamp.RED
    if case.yellow_at is not None and now >= case.yellow_at:
        return Lamp.YELLOW
    return Lamp.BLUE if case.blue_at is not None and now >= case.blue_at else Lamp.GREEN


def tallies(actor: Actor, wanted: Wanted, *, now: dt.datetime) -> tuple[list[Tally], list[Tally]]:
    """How many open cases stand under each lamp and in each state, the other filters kept. One grouped query for both."""
    free = replace(wanted, open="yes", lamp="", state="")
    found = visible_to(actor).filter(*conditions(actor, free, now)).order_by()
    counted = list(found.annotate(burning=_lamp(now)).values_list("burning", "state").annotate(n=Count("pk")))
    lamps = _summed((lamp, n) for lamp, state, n in counted if wanted.state in ("", state))
    states = _summed((state, n) for lamp, state, n in counted if wanted.lamp in ("", lamp))
    return _by_lamp(lamps), [Tally(one, states[one]) for one in STATES if one in states]


def burning(found: QuerySet[Case], *, now: dt.datetime) -> list[Tally]:
    """How many of these open cases stand under each lamp, what presses first. One grouped query."""
    return _by_lamp(dict(found.order_by().annotate(burning=_lamp(now)).values_list("burning").annotate(n=Count("pk"))))


def _lamp(now: dt.datetime) -> Choice:
    """The lamp of a row, as the database says it."""
    return Choice(
        *(When(under(lamp, now), then=Value(lamp.value)) for lamp in (Lamp.NONE, Lamp.RED, Lamp.YELLOW, Lamp.BLUE)),
        default=Value(Lamp.GREEN.value),
        output_field=CharField(),
    )


def _by_lamp(counts: Mapping[str, int]) -> list[Tally]:
    order = (Lamp.RED, Lamp.YELLOW, Lamp.BLUE, Lamp.GREEN, Lamp.NONE)
    return [Tally(one.value, counts.get(one.value, 0)) for one in order]


def total_of(wanted: Wanted, states: Sequence[Tally]) -> int | None:
    """How many rows the list has by its tallies of states; None where these do not say, as they count open cases alone."""
    return sum(one.count for one in states if wanted.state in ("", one.code)) if wanted.open == "yes" else None


def _summed(pairs: Iterator[tuple[str, int]]) -> Mapping[str, int]:
    totals: dict[str, int] = {}
    for code, count in pairs:
        totals[code] = totals.get(code, 0) + count
    return totals


def _of_words(wanted: Wanted) -> Iterator[Q]:
    if words := wanted.text.strip():
        yield Q(title__contains=words) | Q(number__contains=words.upper()) | Q(subject__name__contains=words)


def _of_days(wanted: Wanted) -> Iterator[Q]:
    if wanted.due_from:
        yield Q(pressing_at__gte=clock.start_of(wanted.due_from))
    if wanted.due_to:
        yield Q(pressing_at__lt=clock.start_of(wanted.due_to + dt.timedelta(days=1)))


def _of_persons(actor: Actor, wanted: Wanted) -> Iterator[Q]:
    if wanted.mine:
        yield _any(list(working_on(actor)))
    if wanted.held:
        yield Q(holder_id__in=actor.posts)


def _any(ways: Sequence[Q]) -> Q:
    found = Q(pk__in=())
    for way in ways:
        found |= way
    return found
