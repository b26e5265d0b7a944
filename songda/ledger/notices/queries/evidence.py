"""Evidence 送达证据 (POL-08): firms reached and person-times, recomputed from the delivery rows each time, never added.

Firms reached = distinct enterprises with a delivery in REACHED; projects, sites and other subjects are another unit and
counted beside them (`others`). Person-times = members of deliveries in REACHED: 1, or the head count of a group (SUP-04). A firm
reached on two channels is one firm and two person-times; a group is no firm, whoever sits in it; queued, sending, failed and
unknown deliveries are in neither.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from songda.kernel import clock
from songda.kernel.local_days import LocalDay
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.states import GROUP_CHANNELS, REACHED

IS_REACHED = Q(state__in=REACHED)
IS_FIRM = Q(notice__subject__kind="enterprise")
FIRMS = Count("notice__subject", distinct=True, filter=IS_REACHED & IS_FIRM)
OTHERS = Count("notice__subject", distinct=True, filter=IS_REACHED & ~IS_FIRM)
PERSON_TIMES = Coalesce(Sum("members", filter=IS_REACHED), 0)
GROUP_TIMES = Coalesce(Sum("members", filter=IS_REACHED & Q(channel__in=GROUP_CHANNELS)), 0)
OPENED = Count("notice__subject", distinct=True, filter=IS_FIRM & Q(state__in=("opened", "acted")))
FAILED = Count("id", filter=Q(state="failed"))
UNKNOWN = Count("id", filter=Q(state="unknown"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two figures that are never added, and what came of the rest. `cells` has (channel, state) → deliveries.

    `group_times` of the person-times are members of groups: the head count, not evidence of who read it.
    """

    firms: int
    others: int
    person_times: int
    firms_opened: int
    cells: dict[tuple[str, str], int]
    group_times: int = 0

    def in_state(self, *states: str) -> int:
        """Deliveries in these states."""
        return sum(count for (_, state), count in self.cells.items() if state in states)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of evidence: of a cause, a topic, a channel or a day."""

    name: str
    firms: int
    person_times: int
    firms_opened: int
    failed: int
    unknown: int


def evidence_of(deliveries: QuerySet[NoticeDelivery]) -> Evidence:
    """The evidence in these deliveries. Two queries."""
    totals = deliveries.aggregate(firms=FIRMS, others=OTHERS, opened=OPENED, times=PERSON_TIMES, groups=GROUP_TIMES)
    cells = {
        (channel, state): count
        for channel, state, count in deliveries.order_by().values_list("channel", "state").annotate(count=Count("id"))
    }
    return Evidence(totals["firms"], totals["others"], totals["times"], totals["opened"], cells, totals["groups"])


def by_cause(deliveries: QuerySet[NoticeDelivery], causes: Iterable[str]) -> dict[str, Row]:
    """Evidence of each of these causes. One query."""
    return {row.name: row for row in rows_by(deliveries.filter(notice__cause__in=list(causes)), "notice__cause")}


def by_topic(deliveries: QuerySet[NoticeDelivery], topic: str) -> list[Row]:
    """Evidence of each topic number. A message with three lines counts once for each of the three, so rows do not add up."""
    return rows_by(deliveries.filter(notice__lines__topic=topic), "notice__lines__topic_id")


def by_channel(deliveries: QuerySet[NoticeDelivery]) -> list[Row]:
    """Evidence of each channel. A firm reached on two stands in both rows, so firms do not add up."""
    return rows_by(deliveries, "channel")


def by_day(deliveries: QuerySet[NoticeDelivery], *, since: dt.date) -> list[Row]:
    """Evidence of each local day of sending, newest first."""
    recent = deliveries.filter(sent_at__gte=clock.start_of(since))
    return rows_by(recent.annotate(day=LocalDay("sent_at", tzinfo=clock.place())), "day")[::-1]


def failures(deliveries: QuerySet[NoticeDelivery]) -> QuerySet[NoticeDelivery]:
    """What a person must look at: failed and unknown, newest first, with firm and contact."""
    stuck = deliveries.filter(state__in=("failed", "unknown"))
    return stuck.select_related("notice__subject", "contact").order_by("-id")


def rows_by(deliveries: QuerySet[NoticeDelivery], name: str) -> list[Row]:
    """Evidence of each value of a column (a lookup path) of these deliveries, ascending. One query."""
    found = (
        deliveries.order_by()
        .values_list(name)
        .annotate(firms=FIRMS, times=PERSON_TIMES, opened=OPENED, failed=FAILED, unknown=UNKNOWN)
        .order_by(name)
    )
    return [Row(str(row[0]), *row[1:]) for row in found]
