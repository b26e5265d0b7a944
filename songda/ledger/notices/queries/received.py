"""What a subject has been told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from songda.ledger.notices.models import Notice, NoticeLine


def notices_of(subject_id: int) -> QuerySet[Notice]:
    """The notices of one subject, newest first, with their lines. Two queries."""
    return Notice.objects.filter(subject_id=subject_id).prefetch_related("lines").order_by("-id")


def notices_to(cause: str) -> QuerySet[Notice]:
    """The notices of one cause, by subject, with what a list of recipients shows."""
    rows = Notice.objects.filter(cause=cause).select_related("subject")
    return rows.prefetch_related("lines", "deliveries").order_by("id")


def told_topics(subject_ids: Iterable[int], topic: str) -> dict[int, set[int]]:
    """Topic numbers told to each of these subjects. One query."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = NoticeLine.objects.filter(subject_id__in=list(subject_ids), topic=topic)
    for subject_id, topic_id in rows.values_list("subject_id", "topic_id"):
        if subject_id is not None:
            found[subject_id].add(topic_id)
    return dict(found)
