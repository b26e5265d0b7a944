"""What came of pushes (POL-08), one by one: evidence recomputed from delivery rows, in scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.push.rules.wanted import MEASURE
from songda.ledger.notices import queries as notices
from songda.ledger.notices.access import deliveries_visible_to
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.evidence import by_channel
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class PushRow:
    """A push with its two figures (None: nothing sent yet)."""

    push: Push
    evidence: notices.Row | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Evidence of all pushes in scope, cut three ways. Each line stands alone: lines do not add up to the whole."""

    whole: notices.Evidence
    measures: list[tuple[MeasureVersion | None, notices.Row]]
    channels: list[notices.Row]
    days: list[notices.Row]


def cause_of(push: Push) -> str:
    """The cause that a push's notices carry."""
    return f"push:{push.pk}"


def deliveries_of(push: Push, actor: Actor) -> QuerySet[NoticeDelivery]:
    """The deliveries of one push that the actor may see."""
    return deliveries_visible_to(actor).filter(notice__cause=cause_of(push))


def evidence_for(push: Push, actor: Actor) -> notices.Evidence:
    """What came of one push, within the actor's scope. Two queries."""
    return notices.evidence_of(deliveries_of(push, actor))


def pushes_with_evidence(pushes: Sequence[Push], actor: Actor) -> list[PushRow]:
    """One page of pushes with their figures. One query."""
    found = notices.by_cause(deliveries_visible_to(actor), [cause_of(push) for push in pushes])
    return [PushRow(push, found.get(cause_of(push))) for push in pushes]


def statistics(actor: Actor, *, since: dt.date) -> Statistics:
    """Everything pushed about measures, as the actor may see it. Six queries."""
    rows = deliveries_visible_to(actor).filter(notice__cause__startswith="push:")
    by_measure = notices.by_topic(rows, MEASURE)
    versions = MeasureVersion.objects.in_bulk([int(row.name) for row in by_measure])
    measures = [(versions.get(int(row.name)), row) for row in by_measure]
    return Statistics(notices.evidence_of(rows), measures, by_channel(rows), notices.by_day(rows, since=since))
