"""Pushes for programs: what was told to whom, and what came of it, as far as the post sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.deliveries.policy.push import access, queries
from songda.deliveries.policy.push.models import Push
from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Id, Listed
from songda.registry.requests import ActingRequest

router = Router()


class Pushed(Schema):
    """A push with its measures."""

    id: int
    title: str
    area_path: str
    channels: list[str]
    urgent: bool
    created_at: dt.datetime
    finished_at: dt.datetime | None
    versions: list[int]


class PushCell(Schema):
    """How many deliveries of a channel are in a state."""

    channel: str
    state: str
    count: int


class PushOutcome(Pushed):
    """The same with its evidence: firms reached and person-times are two figures that are never added."""

    firms: int
    others: int
    person_times: int
    firms_opened: int
    cells: list[PushCell]


@reads(router, "/pushes", "push.see", Listed[Pushed], _("推送列表"))
def pushes(request: ActingRequest, asked: Query[Paging]) -> object:
    """The pushes in sight, newest first."""
    return piece_of(access.pushes_visible_to(request.actor).prefetch_related("lines").order_by("-id"), asked, told)


@reads(router, "/pushes/{push_id}", "push.see", PushOutcome, _("一次推送及其送达数"))
def push(request: ActingRequest, push_id: Annotated[Id, Path()]) -> PushOutcome:
    """One push, with what came of it within the post's own scope."""
    found = access.push_for(push_id, request.actor)
    evidence = queries.evidence_for(found, request.actor)
    cells = [PushCell(channel=channel, state=state, count=count) for (channel, state), count in sorted(evidence.cells.items())]
    return PushOutcome(
        **told([found])[0].model_dump(), firms=evidence.firms, others=evidence.others, person_times=evidence.person_times,
        firms_opened=evidence.firms_opened, cells=cells,
    )  # fmt: skip


def told(rows: Sequence[Push]) -> list[Pushed]:
    """Pushes as programs see them."""
    same = ("title", "area_path", "channels", "urgent", "created_at", "finished_at")
    return [
        Pushed(
            id=row.pk, versions=[line.version_id for line in row.lines.all() if line.version_id is not None],
            **{name: getattr(row, name) for name in same},
        )
        for row in rows
    ]  # fmt: skip
