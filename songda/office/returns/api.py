"""Returns for programs: what is owed, what a form asks for, filling it in and submitting it. Approving stays with people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema
from pydantic import Field, StringConstraints

from songda.kernel import clock
from songda.kernel.api.doors import reads, writes
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import PLAIN, Given, Id, Listed
from songda.office.returns import actions, queries
from songda.office.returns.access import return_for
from songda.office.returns.models import Return
from songda.office.returns.rules.validation import stopping
from songda.registry.requests import ActingRequest

router = Router()
SEE = "returns.see"
Key = Annotated[str, StringConstraints(min_length=1, max_length=101, pattern=r"^[A-Za-z0-9_.:-]+$")]


class Owed(Schema):
    """A return that a unit owes for a period. `version`: the one at work, `accepted`: the one in effect."""

    id: int
    form: str
    label: str
    unit: str
    about: str
    first: dt.date
    last: dt.date
    as_of: dt.datetime
    due_at: dt.datetime
    locks_at: dt.datetime
    state: str
    version: int
    accepted: int | None
    received_at: dt.datetime | None


class ReturnLine(Schema):
    """A line of the form: its key, what it asks for, whether it is worked out, what is said now, and in the period before."""

    key: str
    section: str
    label: str
    unit: str
    required: bool
    derived: bool
    number: str
    explanation: str
    before: str
    doubts: list[str]


class ReturnWhole(Owed):
    """A return with its lines; `stops`: doubts that stand in the way of submitting it."""

    lines: list[ReturnLine]
    stops: int


class Returns(Paging):
    """Filters; `view` mine: what waits for this post, late: what is late or missing."""

    view: Literal["", "mine", "late"] = ""
    form: Annotated[str, Query(max_length=60, pattern="^[A-Za-z0-9_-]*$")] = ""
    state: Literal["", "expected", "draft", "submitted", "approved", "accepted", "sent_back"] = ""


class LineSaid(Given):
    """What is said at a line: the number as people write it (1,234, 1.2万), and why where a rule asks."""

    number: Annotated[str, StringConstraints(max_length=40, pattern=PLAIN)]
    explanation: Annotated[str, StringConstraints(max_length=500, pattern=PLAIN)] = ""


class Draft(Given):
    """The whole return, by the keys of its lines: what is not said is empty. `submit`: declare it complete at once."""

    lines: Annotated[dict[Key, LineSaid], Field(json_schema_extra={"additionalProperties": False}, max_length=500)]
    submit: Annotated[bool, Query(strict=True)] = False


@reads(router, "/returns", SEE, Listed[Owed], _("应报报表"))
def returns(request: ActingRequest, asked: Query[Returns]) -> object:
    """The returns in sight."""
    given = {"view": asked.view, "form": asked.form, "state": asked.state}
    return piece_of(queries.returns_asked(request.actor, given, now=clock.now()), asked, told)


@reads(router, "/returns/{return_id}", SEE, ReturnWhole, _("一份报表及其各行"))
def one_return(request: ActingRequest, return_id: Annotated[Id, Path()]) -> ReturnWhole:
    """One return in sight, as it stands."""
    return whole(return_for(return_id, request.actor))


@writes(router, "/returns/{return_id}/draft", "returns.fill", ReturnWhole, _("填报（可同时提交）"))
def fill_return(request: ActingRequest, return_id: Annotated[Id, Path()], given: Draft) -> ReturnWhole:
    """Keep what is said, and submit it where asked."""
    said = {key: actions.Said(one.number, one.explanation) for key, one in given.lines.items()}
    actions.save_draft(return_id, said, by=request.actor, now=clock.now())
    if given.submit:
        actions.submit_return(return_id, by=request.actor, now=clock.now())
    return whole(return_for(return_id, request.actor))


def told(rows: Sequence[Return]) -> list[Owed]:
    """Returns as programs see them."""
    same = ("first", "last", "as_of", "due_at", "locks_at", "state", "received_at")
    return [
        Owed(
            id=row.pk, form=row.code, label=row.form.label, unit=row.organisation.code, about=row.about.code, version=row.number,
            accepted=row.accepted_number, **{name: getattr(row, name) for name in same},
        )
        for row in rows
    ]  # fmt: skip


def whole(found: Return) -> ReturnWhole:
    """A return with its lines and doubts."""
    rows = queries.entries_of(found)
    doubts = queries.breaches_of(found, rows) if rows else []
    lines = [
        ReturnLine(
            key=one.place.key, section=one.section, label=one.label, unit=one.unit, required=one.required, derived=one.derived,
            number=one.shown, explanation=one.explanation, before=one.shown_before, doubts=[it.sentence for it in one.breaches],
        )
        for one in queries.lines_of(found, rows, doubts)
    ]  # fmt: skip
    return ReturnWhole(**told([found])[0].model_dump(), lines=lines, stops=len(stopping(doubts)))
