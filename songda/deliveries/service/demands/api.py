"""Demands for programs: filing one for a firm (a firm's own program: for itself), and the steps of its handling and of the firm's word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Router, Schema

from songda.deliveries.service.demands import access, actions
from songda.kernel import clock
from songda.kernel.api.doors import writes
from songda.kernel.api.shapes import Count, Flag, Given, Id, IdSent, Text, Told, Word
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import CaseStep
from songda.registry.actors import Actor
from songda.registry.requests import ActingRequest

router = Router()


class NewDemand(Given):
    """What is asked. `subject_id` may be left out by a firm's own program; `channel`, `origin` and `difficulty` are the desk's to say."""

    subject_id: IdSent | None = None
    title: Told
    text: Text = ""
    kind: Word = "demand"
    category: Word = ""
    difficulty: Literal["consult", "ordinary", "hard", "joint"] = "ordinary"
    urgent: Flag = False
    channel: Word = "phone"
    extra: dict[str, Word] = {}


class Filed(Schema):
    """The demand that was made or stepped, and where it stands."""

    id: int
    number: str
    state: str
    version: int


class DemandStep(Given):
    """A step of a demand. `version` as the program saw it; `outcome` and `cause` for propose, `grade` and `text` for the firm's word."""

    step: Literal["take", "progress", "contact", "resume", "propose", "remind", "close", "send_back", "reopen", "confirm", "object", "withdraw"]  # fmt: skip
    note: Text = ""
    told: Text = ""
    version: Count | None = None
    outcome: Literal["", "solved", "explained", "partly", "impossible", "unreachable"] = ""
    cause: Word = ""
    grade: Literal["", "1", "2", "3", "4", "5"] = ""
    text: Text = ""


Verb = Callable[..., CaseStep]
PLAIN: Final[Mapping[str, Verb]] = {
    "take": actions.take_demand,
    "progress": actions.note_progress,
    "contact": actions.contact_firm,
    "resume": actions.resume_demand,
    "remind": actions.remind_firm,
    "close": actions.close_demand,
    "send_back": actions.send_back,
    "reopen": actions.reopen_demand,
    "withdraw": actions.withdraw_demand,
}
HEARD: Final[Mapping[str, Verb]] = {"confirm": actions.confirm_result, "object": actions.object_result}


@writes(router, "/demands", "cases.file firm.act", Filed, gettext_lazy("登记诉求"))
def file_demand(request: ActingRequest, given: NewDemand) -> Filed:
    """File it; it is numbered, and handed out by rule where one holds."""
    told = given.model_dump(exclude={"subject_id"})
    made = actions.file_demand(firm_of(given, request.actor), actions.NewDemand(**told), by=request.actor, now=clock.now())
    made.refresh_from_db()
    return Filed(id=made.pk, number=made.number, state=made.state, version=made.version)


@writes(
    router, "/demands/{case_id}/steps", "cases.handle cases.close cases.reopen firm.act", Filed, gettext_lazy("办理诉求的一步")
)
def step_demand(request: ActingRequest, case_id: Annotated[Id, Path()], given: DemandStep) -> Filed:
    """Take it."""
    step = taken(access.demand_for(case_id, request.actor).pk, given, request.actor, clock.now())
    case = step.case
    case.refresh_from_db()
    return Filed(id=case.pk, number=case.number, state=case.state, version=case.version)


def taken(case_id: int, given: DemandStep, by: Actor, now: dt.datetime) -> CaseStep:
    """The step by its verb."""
    said = Said(note=given.note, told=given.told, version=given.version)
    if given.step in HEARD:
        opinion = actions.Opinion(grade=given.grade, text=given.text)
        return HEARD[given.step](case_id, opinion, said, by=by, now=now)
    if given.step == "propose":
        return actions.propose_result(case_id, actions.Result(given.outcome, given.cause), said, by=by, now=now)
    return PLAIN[given.step](case_id, said, by=by, now=now)


def firm_of(given: NewDemand, actor: Actor) -> int:
    """Whose demand it is: a firm's program files for its firm alone."""
    if actor.subject_id is not None and given.subject_id in (None, actor.subject_id):
        return actor.subject_id
    if given.subject_id is None or actor.subject_id is not None:
        raise NotPermitted(_("请写明为哪家企业登记；企业的程序只能为本企业登记。"))
    return given.subject_id
