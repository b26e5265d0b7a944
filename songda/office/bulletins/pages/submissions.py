"""What units send in: the list, a new one, taking it into a draft, returning it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, carried_out
from songda.office.bulletins import access, actions, queries
from songda.office.bulletins.forms import ReasonForm, SubmissionForm, TakeForm
from songda.office.bulletins.states import SUBMISSION
from songda.office.indicators.queries import definitions
from songda.registry.requests import ActingRequest

HERE = "/bulletins/submissions/"


@door(access.WRITE)
def submissions(request: ActingRequest) -> HttpResponse:
    """What was sent in the actor's territories, newest first."""
    rows = access.submissions_visible_to(request.actor).select_related("unit", "template").order_by("-pk")
    state = request.GET.get("state", "")
    context = {
        "page": page_of(rows.filter(state=state) if state in SUBMISSION.states else rows, request), "states": SUBMISSION.states,
        "asked": {"state": state}, "here": "submissions",
    }  # fmt: skip
    return render(request, "bulletins/submissions.html", context)


@door(access.WRITE)
def new(request: ActingRequest) -> HttpResponse:
    """Send a section in."""
    templates = queries.templates_in_force(request.actor, "bulletin")
    form = SubmissionForm(request.POST or None, templates=templates, initial={"day": clock.day_of(clock.now())})

    def act(told: dict[str, Any]) -> str:
        made = actions.NewSubmission(told["template"], form.as_of(), told["text"], told["numbers"], told["cases"])
        return f"{HERE}{actions.send_submission(made, by=request.actor, now=clock.now()).pk}/"

    return carried_out(request, form, Doing(_("报送简报材料"), act, _("报送"), HERE))


@door(access.WRITE)
def submission(request: ActingRequest, submission_id: int) -> HttpResponse:
    """One that was sent: its text and numbers, and the drafts it may go into."""
    found = access.submission_for(submission_id, request.actor)
    known = definitions()
    numbers = [{**one, "label": known[one["code"]].label if one["code"] in known else one["code"]} for one in found.numbers]
    own = found.sent_by == request.actor.account_id
    return render(
        request, "bulletins/submission.html", {"sent": found, "numbers": numbers, "states": SUBMISSION.states, "own": own}
    )


@door(access.WRITE)
def take(request: ActingRequest, submission_id: int) -> HttpResponse:
    """Put it into a draft."""
    found = access.submission_for(submission_id, request.actor)
    drafts = (
        access.visible_to(request.actor, clock.now()).filter(state="draft", template__code=found.template.code).order_by("-pk")
    )
    form = TakeForm(request.POST or None, drafts=[(one.pk, one.title) for one in drafts[:20]])

    def act(told: dict[str, Any]) -> str:
        actions.take_submission(submission_id, int(told["piece"]), by=request.actor, now=clock.now())
        return f"/bulletins/{told['piece']}/"

    doing = Doing(_("采用报送材料"), act, _("采用"), f"{HERE}{submission_id}/", f"{found.unit.name} {found.template.label}")
    return carried_out(request, form, doing)


@door(access.WRITE)
def send_back(request: ActingRequest, submission_id: int) -> HttpResponse:
    """Return it with a reason."""
    found = access.submission_for(submission_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        actions.return_submission(submission_id, told["reason"], by=request.actor, now=clock.now())
        return f"{HERE}{submission_id}/"

    return carried_out(
        request,
        ReasonForm(request.POST or None),
        Doing(_("退回报送材料"), act, _("退回"), f"{HERE}{submission_id}/", found.unit.name),
    )
