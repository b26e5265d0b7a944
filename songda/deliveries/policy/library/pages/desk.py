"""The review desk 审核台: the page, and steps on all drafts of a document at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import FillForm, first_error
from songda.deliveries.policy.library.pages.steps import desk_at
from songda.deliveries.policy.library.states import MEASURE
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import tell_refusal
from songda.kernel.screens.steps import attempt
from songda.registry.requests import ActingRequest


@door("policy.see")
def desk(request: ActingRequest, document_id: int) -> HttpResponse:
    """Text left with spans lit, structure right; above them what still waits to be looked at."""
    document = access.document_for(document_id, request.actor)
    found = queries.desk_of(document, request.actor)
    given = {
        "document": document,
        "desk": queries.sheet_of(document, found, queries.doubts_of(found, document), queries.annotations_of(document)),
        "package": queries.package(document),
        "rules": queries.rules_from(document, request.actor),
        "namesakes": queries.namesakes(document),
        "states": MEASURE.states,
        "edits": request.actor.may("policy.edit"),
    }
    return render(request, "policy_library/desk.html", given)


@require_POST
@door("policy.edit")
def confirm_all(request: ActingRequest, document_id: int) -> HttpResponse:
    """Confirm every complete draft; what was refused is said measure by measure."""
    try:
        told = actions.confirm_drafts(document_id, by=request.actor, now=clock.now())
    except Refused as error:
        tell_refusal(request, error)
        return redirect(desk_at(document_id))
    done = [one for one in told if not one.refusal]
    if done:
        messages.success(request, _("已审核确认 %(n)d 项，规则已签发；须由另一人发布。") % {"n": len(done)})
    for one in told:
        if one.refusal:
            messages.error(request, f"“{one.version.title}”：{one.refusal}")
    return redirect(desk_at(document_id))


@require_POST
@door("policy.edit")
def fill(request: ActingRequest, document_id: int) -> HttpResponse:
    """Fill once what several drafts lack."""
    form = FillForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(desk_at(document_id))
    given = form.cleaned_data
    return attempt(
        request,
        lambda: actions.fill_drafts(document_id, field=given["field"], value=given["value"], by=request.actor, now=clock.now()),
        desk_at(document_id),
        _("已填入。"),
    )
