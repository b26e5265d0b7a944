"""及时: days from issue to receipt to digest to push, with how many of how many were measured, the worst by name (POL-09)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.policy.watch.access import arrivals_visible_to
from songda.deliveries.policy.watch.models import Arrival
from songda.deliveries.policy.watch.queries.arrivals import WAITING
from songda.deliveries.policy.watch.rules.spans import median_of
from songda.kernel import clock
from songda.registry.actors import Actor

Moment = Callable[[Arrival], dt.date | None]


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch: `measured` of `total` documents have both ends; the median and the worst in days, and whose the worst is."""

    code: str
    label: str
    total: int
    measured: int
    median: str
    worst: int | None
    worst_of: Arrival | None


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The four stretches over documents received in a period (those set aside apart), and what still waits with no reminder."""

    first: dt.date
    last: dt.date
    total: int
    set_aside: int
    spans: tuple[Span, ...]
    late: int
    silent: tuple[Arrival, ...]


def _day(moment: dt.datetime | None) -> dt.date | None:
    return clock.day_of(moment) if moment else None


STRETCHES: tuple[tuple[str, Moment, Moment], ...] = (
    ("receipt", lambda one: one.issued_on, lambda one: _day(one.received_at)),
    ("digest", lambda one: _day(one.received_at), lambda one: _day(one.summarised_at)),
    ("push", lambda one: _day(one.summarised_at), lambda one: _day(one.pushed_at)),
    ("whole", lambda one: one.issued_on, lambda one: _day(one.pushed_at)),
)


def timeliness(actor: Actor, first: dt.date, last: dt.date, *, now: dt.datetime) -> Timeliness:
    """How fast the documents of a period went through. Two queries; the rows are those of the list with the same filters."""
    end = clock.start_of(last + dt.timedelta(days=1))
    received = arrivals_visible_to(actor).filter(received_at__gte=clock.start_of(first), received_at__lt=end)
    rows = list(received.order_by("pk"))
    counted = [one for one in rows if one.state != "set_aside"]
    labels = {"receipt": _("发文到收到"), "digest": _("收到到梳理"), "push": _("梳理到推送"), "whole": _("发文到推送")}
    spans = tuple(_span(code, labels[code], counted, ends) for code, *ends in STRETCHES)
    late = [one for one in counted if one.state in WAITING and one.due_at is not None and one.due_at < now]
    return Timeliness(first, last, len(counted), len(rows) - len(counted), spans, len(late), tuple(unreminded(late, now)))


def _span(code: str, label: str, rows: Sequence[Arrival], ends: Sequence[Moment]) -> Span:
    begin, finish = ends
    taken = [((b - a).days, one) for one in rows if (a := begin(one)) is not None and (b := finish(one)) is not None]
    worst = max(taken, key=lambda pair: pair[0], default=(None, None))
    return Span(code, label, len(rows), len(taken), median_of([days for days, _one in taken]), *worst)


def unreminded(late: Sequence[Arrival], now: dt.datetime) -> list[Arrival]:
    """Those late for which nobody was told today: the sweeper is behind. Empty is what is promised an hour after each deadline."""
    today = clock.day_of(now)
    told = set(Arrival.objects.filter(pk__in=[one.pk for one in late], reminders__on=today).values_list("pk", flat=True))
    return [one for one in late if one.pk not in told]
