"""Key points and red lines on the desk 标重点，划红线."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import MarkForm, first_error
from songda.deliveries.policy.library.pages.steps import desk_at
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid
from songda.kernel.screens.steps import attempt
from songda.registry.requests import ActingRequest


@require_POST
@door("policy.edit")
def annotate(request: ActingRequest, document_id: int) -> HttpResponse:
    """Mark the piece selected."""
    document = access.document_to_change(document_id, request.actor)

    def step() -> None:
        said = marked(request)
        start, end = queries.chosen_of(document, request.POST) or (0, 0)
        actions.annotate(
            document_id, kind=said["kind"], note=said["note"], start=start, end=end, by=request.actor, now=clock.now()
        )

    return attempt(request, step, desk_at(document_id), _("已标注。"))


@require_POST
@door("policy.edit")
def annotation(request: ActingRequest, annotation_id: int) -> HttpResponse:
    """Correct what is said of a piece; with a new selection, also its place."""
    document = access.annotation_to_edit(annotation_id, request.actor).document

    def step() -> None:
        said = marked(request)
        change: actions.Amendment = {"kind": said["kind"], "note": said["note"]}
        chosen = queries.chosen_of(document, request.POST)
        if chosen:
            change["start"], change["end"] = chosen
        actions.edit_annotation(annotation_id, **change, by=request.actor, now=clock.now())

    return attempt(request, step, desk_at(document.pk), _("标注已更正。"))


@require_POST
@door("policy.edit")
def withdraw_annotation(request: ActingRequest, annotation_id: int) -> HttpResponse:
    """Take an annotation back."""
    document_id = access.annotation_to_edit(annotation_id, request.actor).document_id
    return attempt(
        request,
        lambda: actions.withdraw_annotation(annotation_id, by=request.actor, now=clock.now()),
        desk_at(document_id),
        _("标注已撤销。"),
    )


def marked(request: ActingRequest) -> dict[str, str]:
    """Kind and note as typed; Invalid names the wrong one."""
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Invalid(first_error(form))
    return {"kind": form.cleaned_data["kind"], "note": form.cleaned_data["note"]}
