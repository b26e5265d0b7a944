"""Fates 去向: where a push leaves each subject of its area, one each, so that the parts add up to the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Count

from songda.deliveries.policy.matching import queries as matching
from songda.deliveries.policy.push.queries.audience import Audience, here, outside
from songda.deliveries.policy.push.rules.wanted import Wanted
from songda.deliveries.policy.push.states import Fate
from songda.ledger.notices import queries as notices
from songda.ledger.notices.models import NoticeDelivery, NoticeLine
from songda.ledger.notices.queries.waiting import terms_here
from songda.ledger.notices.rules.pacing import WEEK
from songda.registry.actors import Actor

AT_ONCE = 2000


def fates_of(wanted: Wanted, found: Audience, plan: notices.Plan, by: Actor) -> Mapping[Fate, frozenset[int]]:
    """Every subject of the area in the actor's sight under its first fate; and who fits beyond the area. Eight queries."""
    everyone = frozenset(here(wanted, by)) | {row.subject_id for row in found.rows}
    told = frozenset(subject for subject, _topic in plan.already_told)
    topics = {line.topic_id for row in found.rows for line in row.lines}
    claims: list[tuple[Fate, Iterable[int]]] = [
        (Fate.FRESH, (one.told.subject_id for one in plan.tellings)),
        (Fate.NO_CONTACT, plan.without_contact),
        (Fate.DECLINED, plan.declined),
        (Fate.BUSY, told & underway(wanted.topic, topics)),
        (Fate.TOLD, told),
        (Fate.NARROWED_UNKNOWN, found.narrowed_unknown),
        (Fate.NARROWED, found.narrowed),
        (Fate.LAPSED, found.lapsed),
        (Fate.UNKNOWN, undecided(wanted)),
        (Fate.UNFIT, everyone),
    ]
    left, fates = everyone, {}
    for fate, claimed in claims:
        fates[fate] = left & frozenset(claimed)
        left -= fates[fate]
    fates[Fate.OUTSIDE] = outside(wanted.versions, wanted, by) if wanted.versions else frozenset()
    return fates


def undecided(wanted: Wanted) -> frozenset[int]:
    """Subjects that the last run left 待核 for one of the measures at least."""
    rows = matching.undecided_subjects(wanted.versions).values() if wanted.versions else ()
    return frozenset().union(*(one.tolist() for one in rows))


def waiting_for_cap(found: Mapping[Fate, frozenset[int]], wanted: Wanted, now: dt.datetime) -> frozenset[int]:
    """Of those to be told, who has had this week's number of bulk messages on a channel: his message waits, it is not left out."""
    capped: set[int] = set()
    for code in () if wanted.urgent else wanted.channels:
        weekly = terms_here(code).weekly
        if weekly:
            past = NoticeDelivery.objects.filter(channel=code, begun_at__gt=now - WEEK).exclude(state__in=("queued", "failed"))
            rows = past.order_by().values_list("notice__subject").annotate(n=Count("id")).filter(n__gte=weekly)
            capped.update(subject for subject, _n in rows if subject is not None)
    return found[Fate.FRESH] & capped


def underway(topic: str, topic_ids: Iterable[int]) -> frozenset[int]:
    """Subjects whose message about one of these topics is still on its way. Cheap where little is waiting to be sent."""
    waiting = list(NoticeDelivery.objects.filter(state__in=("queued", "sending")).values_list("notice_id", flat=True))
    wanted, found = set(topic_ids), set[int]()
    for start in range(0, len(waiting), AT_ONCE):
        rows = NoticeLine.objects.filter(notice__in=waiting[start : start + AT_ONCE], topic=topic)
        found.update(subject for subject, number in rows.values_list("subject_id", "topic_id") if number in wanted and subject)
    return frozenset(found)
