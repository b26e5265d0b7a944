"""What waits to go out 待发积压, by lane and channel, for who watches the house."""

from __future__ import annotations

from django.db.models import Count

from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.waiting import UNSENT
from songda.ledger.notices.states import LANES, STUCK, Lane


def backlog() -> list[tuple[str, Lane, int]]:
    """Channel, lane and how many messages wait there or are under way."""
    rows = NoticeDelivery.objects.filter(state__in=UNSENT).order_by("channel", "lane").values_list("channel", "lane")
    return [(channel, Lane(lane), n) for channel, lane, n in rows.annotate(n=Count("id"))]


def lane_label(lane: Lane) -> str:
    """A lane in the reader's words."""
    return str(LANES[lane])


def stuck() -> int:
    """Messages that failed or whose fate is unknown: a person decides."""
    return NoticeDelivery.objects.filter(state__in=STUCK, hook=None).count()
