"""Whom a delivery is for: the rows that are proven, those that are missing, one officer's firms still to be visited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from songda.deliveries.policy.receipts.access import handouts_visible_to, recipients_visible_to
from songda.deliveries.policy.receipts.models import Handout, Receipt, Recipient
from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.people.models import Assignment

IS_PROOF = Q(evidence=None) | Q(evidence__set_aside_at=None, evidence__file__damaged=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a list of recipients: part of the name, an area's path, an officer's post (-1: nobody's), as known at a moment."""

    show: str = "missing"
    text: str = ""
    area: str = ""
    officer: int | None = None


def receipts_at(at: dt.datetime | None = None) -> QuerySet[Receipt]:
    """The receipts that held at a moment (None: now): known by then, not void by then, with proof that still stands."""
    held = Receipt.objects.filter(IS_PROOF)
    if at is None:
        return held.filter(voided_at=None)
    return held.filter(Q(voided_at=None) | Q(voided_at__gt=at), received_at__lte=at, recorded_at__lte=at)


def proven(at: dt.datetime | None = None) -> Exists:
    """That a recipient has a receipt that counts."""
    return Exists(receipts_at(at).filter(recipient=OuterRef("pk")))


def unproven() -> Exists:
    """That a recipient has a receipt whose evidence was set aside or is damaged: it stands in the way and proves nothing."""
    return Exists(Receipt.objects.filter(~IS_PROOF, recipient=OuterRef("pk"), voided_at=None))


def missing(handout: Handout, actor: Actor) -> QuerySet[Recipient]:
    """The recipients in sight that have not signed."""
    return recipients_visible_to(actor).filter(~proven(), handout=handout)


def recipients_listed(handout: Handout, actor: Actor, wanted: Wanted) -> QuerySet[Recipient]:
    """The recipients in sight by area, those who signed, those who have not, or all, with receipts that hold and officer."""
    rows = recipients_visible_to(actor).filter(handout=handout)
    if wanted.show in ("missing", "received"):
        rows = rows.filter(proven() if wanted.show == "received" else ~proven())
    if wanted.text:
        rows = rows.filter(name__contains=wanted.text)
    if wanted.area:
        rows = rows.filter(within([wanted.area]))
    if wanted.officer is not None:
        held = Assignment.objects.filter(subject=OuterRef("subject"), ends_on=None)
        rows = rows.filter(~Exists(held) if wanted.officer < 0 else Exists(held.filter(post_id=wanted.officer)))
    return with_people(rows).order_by("area_path", "id")


def with_people(rows: QuerySet[Recipient]) -> QuerySet[Recipient]:
    """Recipients with what a row shows: present receipts, present officer. Two more queries."""
    present = Receipt.objects.filter(voided_at=None).select_related("evidence__file", "officer__person")
    officers = Assignment.objects.filter(ends_on=None).select_related("post__person")
    return rows.select_related("subject").prefetch_related(
        Prefetch("receipts", present, to_attr="present"), Prefetch("subject__assignments", officers, to_attr="held")
    )


def to_visit(actor: Actor, text: str = "") -> QuerySet[Recipient]:
    """Firms in sight that an open delivery still lacks, the most urgent delivery first: an officer's work."""
    rows = recipients_visible_to(actor).filter(~proven(), handout__state="open")
    rows = rows.filter(name__contains=text) if text else rows
    return rows.select_related("handout", "subject").order_by("handout_id", "area_path", "id")


def receipts_of(subject_id: int) -> QuerySet[Receipt]:
    """What a firm has signed, newest first."""
    rows = receipts_at().filter(recipient__subject_id=subject_id).select_related("recipient__handout", "evidence__file")
    return rows.prefetch_related("recipient__handout__items").order_by("-received_at", "-id")


def handouts_of_firm(actor: Actor) -> QuerySet[Handout]:
    """The open deliveries that a firm has not signed yet."""
    mine = Recipient.objects.filter(~proven(), handout=OuterRef("pk"), subject_id=actor.subject_id or 0)
    return handouts_visible_to(actor).filter(Exists(mine), state="open").prefetch_related("items").order_by("-id")
