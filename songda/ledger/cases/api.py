"""The ledger for programs: cases in sight, one with what happened, and the steps that ask for a note alone. No names, no telephone numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.engines.clocks.reading import Lamp
from songda.kernel import clock
from songda.kernel.api.doors import reads, writes
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Count, Given, Id, Listed, Text, Word
from songda.kernel.doors import SIGNED_IN
from songda.ledger.cases import actions, queries
from songda.ledger.cases.access import case_for, check_looks
from songda.ledger.cases.models import NEVER, Case, CaseStep
from songda.ledger.cases.queries.listing import RELATED, UNREAD
from songda.registry.actors import Actor
from songda.registry.requests import ActingRequest

router = Router()


class CaseRow(Schema):
    """A case in a list. `due_at`: the deadline of its main clock, null where that does not run; `lamp` as of now."""

    id: int
    number: str
    kind: str
    machine: str
    title: str
    subject_id: int | None
    area_path: str
    category: str
    difficulty: str
    urgent: bool
    origin: str
    lead: str | None
    holder_post_id: int | None
    state: str
    open: bool
    outcome: str
    opened_at: dt.datetime
    moved_at: dt.datetime
    closed_at: dt.datetime | None
    due_at: dt.datetime | None
    lamp: str
    version: int


class CaseEvent(Schema):
    """What happened. `note` is for the offices and empty for a firm, `told` what the firm reads."""

    kind: str
    name: str
    label: str
    at: dt.datetime
    note: str
    told: str


class CaseMay(Schema):
    """A step that this token may take now, or why not."""

    name: str
    label: str
    allowed: bool
    plain: bool
    reasons: list[str]


class CaseWhole(CaseRow):
    """A case with its text, what happened, the latest first, and what may be done."""

    text: str
    steps: list[CaseEvent]
    may: list[CaseMay]


class Cases(Paging):
    """Filters; an empty one does not filter."""

    open: Literal["yes", "no", "all"] = "yes"
    state: Literal["", "filed", "assigned", "disputed", "working", "paused", "proposed", "confirmed", "closed", "declined", "withdrawn", "issued", "accepted", "done", "verified", "cancelled", "examining", "upheld", "rejected"] = ""  # fmt: skip
    lamp: Literal["", "green", "blue", "yellow", "red"] = ""
    kind: Annotated[str, Query(max_length=60, pattern="^[A-Za-z0-9_-]*$")] = ""
    category: Annotated[str, Query(max_length=40, pattern="^[A-Za-z0-9_-]*$")] = ""
    text: Word = ""


class PlainStep(Given):
    """A plain step: `version` is the case as the program saw it (null: as it is now)."""

    step: Literal["accept", "progress", "contact", "report", "verify", "send_back", "remark", "tell", "urge", "cancel", "resume", "reopen"]  # fmt: skip
    note: Text = ""
    told: Text = ""
    version: Count | None = None


@reads(router, "/cases", SIGNED_IN, Listed[CaseRow], _("事项列表"))
def cases(request: ActingRequest, asked: Query[Cases]) -> object:
    """The cases in sight: open ones by what presses first, others by the latest."""
    check_looks(request.actor)
    now = clock.now()
    wanted = queries.Wanted(
        text=asked.text, open=asked.open, state=asked.state, lamp=asked.lamp, kind=asked.kind, category=asked.category
    )
    rows = queries.listed(request.actor, wanted, now).select_related(*RELATED, "kind__kind").defer(*UNREAD)
    return piece_of(rows, asked, lambda found: told(found, now))


@reads(router, "/cases/{case_id}", SIGNED_IN, CaseWhole, _("一个事项及其办理经过"))
def case(request: ActingRequest, case_id: Annotated[Id, Path()]) -> CaseWhole:
    """One case in sight."""
    check_looks(request.actor)
    return whole(case_for(case_id, request.actor), request.actor)


@writes(router, "/cases/{case_id}/steps", SIGNED_IN, CaseWhole, _("办理一步（只需说明的步骤）"))
def take_step(request: ActingRequest, case_id: Annotated[Id, Path()], given: PlainStep) -> CaseWhole:
    """Take it; the case as it stands then."""
    check_looks(request.actor)
    said = actions.Said(note=given.note, told=given.told, version=given.version)
    step: CaseStep = actions.plain_step(case_id, given.step, said, by=request.actor, now=clock.now())
    return whole(case_for(step.case_id, request.actor), request.actor)


def told(rows: Sequence[Case], now: dt.datetime) -> list[CaseRow]:
    """Cases as lists show them."""
    return [CaseRow.model_validate(columns(row, now)) for row in rows]


def columns(row: Case, now: dt.datetime) -> dict[str, object]:
    """What every view of a case has."""
    same = (
        "number", "machine", "title", "subject_id", "area_path", "category", "difficulty", "urgent", "origin", "state", "open",
        "outcome", "opened_at", "moved_at", "closed_at", "version",
    )  # fmt: skip
    lamp: Lamp = queries.lamp_of(row, now)
    return {name: getattr(row, name) for name in same} | {
        "id": row.pk, "kind": row.kind.kind.code, "lead": row.lead.code if row.lead else None, "holder_post_id": row.holder_id,
        "due_at": row.pressing_at if row.pressing_at < NEVER else None, "lamp": lamp.value,
    }  # fmt: skip


def whole(row: Case, actor: Actor) -> CaseWhole:
    """One case, all of it that a program may see."""
    steps = [
        CaseEvent(kind=one.kind, name=one.name, label=one.label, at=one.at, note=one.note, told=one.told)
        for one in queries.timeline(row, actor)
    ]
    may = [
        CaseMay(name=one.name, label=one.label, allowed=one.allowed, plain=one.plain, reasons=list(one.reasons))
        for one in queries.allowed_steps(row, actor)
    ]
    return CaseWhole.model_validate({**columns(row, clock.now()), "text": row.text, "steps": steps, "may": may})
