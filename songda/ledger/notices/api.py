"""What a firm was told, for programs: each message with what is known of its fate, never the address it went to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Id, Listed
from songda.ledger.notices.access import notices_visible_to
from songda.ledger.notices.models import Notice
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for

router = Router()


class Delivery(Schema):
    """One message on one channel."""

    id: int
    channel: str
    state: str
    sent_at: dt.datetime | None
    delivered_at: dt.datetime | None
    opened_at: dt.datetime | None
    acted_at: dt.datetime | None


class NoticeTold(Schema):
    """What a firm was told in one go; `cause` says by which push or step."""

    id: int
    title: str
    cause: str
    created_at: dt.datetime
    lines: list[str]
    deliveries: list[Delivery]


@reads(router, "/subjects/{subject_id}/notices", "push.see firm.read", Listed[NoticeTold], _("告知主体的消息与送达情况"))
def subject_notices(request: ActingRequest, subject_id: Annotated[Id, Path()], asked: Query[Paging]) -> object:
    """The notices of a subject in scope, newest first."""
    subject = subject_for(subject_id, request.actor)
    rows = notices_visible_to(request.actor).filter(subject=subject).prefetch_related("lines", "deliveries")
    return piece_of(rows.order_by("-id"), asked, told)


def told(rows: Sequence[Notice]) -> list[NoticeTold]:
    """Notices as programs see them."""
    return [
        NoticeTold(
            id=row.pk, title=row.title, cause=row.cause, created_at=row.created_at, lines=[line.text for line in row.lines.all()],
            deliveries=[Delivery.model_validate(one) for one in row.deliveries.all()],
        )
        for row in rows
    ]  # fmt: skip
