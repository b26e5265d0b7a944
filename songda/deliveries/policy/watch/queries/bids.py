"""Applications upward: the calendar of windows, what was missed and by whom, how many of how many were won, how much (POL-35)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from songda.deliveries.policy.watch.access import bids_visible_to
from songda.deliveries.policy.watch.models import Bid
from songda.kernel import clock
from songda.registry.actors import Actor

HANDED_IN = ("submitted", "won", "lost")


@dataclass(frozen=True, slots=True)
class Month:
    """A month with the windows that are open in it, those that close first first."""

    first: dt.date
    bids: tuple[Bid, ...]


@dataclass(frozen=True, slots=True)
class Success:
    """What was sought and won: `won` of `submitted` (of which `decided`), the fen sought in these and the fen won; missed, given up."""

    submitted: int
    decided: int
    won: int
    sought_fen: int
    won_fen: int
    missed: int
    given_up: int


def bids_listed(actor: Actor, *, state: str = "", sort: str = "", text: str = "") -> QuerySet[Bid]:
    """Applications in sight, the one that closes first first."""
    rows = bids_visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    if sort:
        rows = rows.filter(sort=sort)
    if text.strip():
        rows = rows.filter(
            Q(title__contains=text.strip()) | Q(issuer__contains=text.strip()) | Q(lead__name__contains=text.strip())
        )
    return rows.annotate(
        papers_ready=Count("papers", filter=Q(papers__ready_at__isnull=False)), papers_all=Count("papers")
    ).order_by("closes_on", "pk")


def months_of(actor: Actor, year: int) -> list[Month]:
    """The twelve months of a year, each with every window open in it. One query."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = list(bids_visible_to(actor).filter(opens_on__lte=last, closes_on__gte=first).order_by("closes_on", "pk"))
    starts = [dt.date(year, month, 1) for month in range(1, 13)]
    ends = [*starts[1:], dt.date(year + 1, 1, 1)]
    return [
        Month(start, tuple(one for one in rows if one.opens_on < end and one.closes_on >= start))
        for start, end in zip(starts, ends, strict=True)
    ]


def missed(actor: Actor) -> QuerySet[Bid]:
    """Windows that closed with nothing handed in, the latest first; each with its lead unit and owner."""
    return bids_visible_to(actor).filter(state="missed").order_by("-closes_on", "-pk")


def success(actor: Actor, first: dt.date, last: dt.date) -> Success:
    """Over applications handed in (missed and given up: ended) in a period. One query; also what “一强三争取” is scored from."""
    begin, end = clock.start_of(first), clock.start_of(last + dt.timedelta(days=1))
    handed = Q(submitted_at__gte=begin, submitted_at__lt=end, state__in=HANDED_IN)
    ended = Q(ended_at__gte=begin, ended_at__lt=end)
    found = bids_visible_to(actor).aggregate(
        submitted=Count("pk", filter=handed),
        decided=Count("pk", filter=handed & Q(state__in=("won", "lost"))),
        won=Count("pk", filter=handed & Q(state="won")),
        sought_fen=Sum("sought_fen", filter=handed, default=0),
        won_fen=Sum("won_fen", filter=handed & Q(state="won"), default=0),
        missed=Count("pk", filter=ended & Q(state="missed")),
        given_up=Count("pk", filter=ended & Q(state="given_up")),
    )
    return Success(**found)
