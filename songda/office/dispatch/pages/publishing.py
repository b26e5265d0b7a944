"""Pages of dispatch: amend a fact and see at once what turns; publish and see at once whom it fits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid, Refused
from songda.kernel.screens.refusals import tell_refusal
from songda.office.dispatch import actions
from songda.office.dispatch.forms import AmendForm
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for


@door("facts.edit")
def amend(request: ActingRequest, subject_id: int) -> HttpResponse:
    """The form; after it was sent, the measures whose answer turned, before and after."""
    subject = subject_for(subject_id, request.actor)
    form = AmendForm(request.POST or None, initial={"fact": request.GET.get("fact", ""), "source": actions.SOURCE})
    given: dict[str, object] = {"subject": subject, "form": form}
    if form.is_valid():
        told = form.cleaned_data
        try:
            given["amendment"] = actions.amend_fact(
                subject_id, told["fact"], told["value"], by=request.actor, now=clock.now(), source_code=told["source"]
            )
        except Invalid as error:
            form.add_error("value", error.sentence)
    return render(request, "dispatch/amend.html", given)


@require_POST
@door("policy.publish")
def publish(request: ActingRequest, version_id: int) -> HttpResponse:
    """Publish a confirmed measure and match it; the counts stand on the measure's page."""
    try:
        tell(request, actions.publish_and_match(version_id, by=request.actor, now=clock.now()))
    except Refused as error:
        tell_refusal(request, error)
    return redirect("library:measure", version_id)


@require_POST
@door("policy.publish")
def publish_package(request: ActingRequest, document_id: int) -> HttpResponse:
    """Publish and match all confirmed measures of a document."""
    try:
        for one in actions.publish_package_and_match(document_id, by=request.actor, now=clock.now()):
            tell(request, one)
    except Refused as error:
        tell_refusal(request, error)
    return redirect("library:document", document_id)


def tell(request: ActingRequest, done: actions.Publication) -> None:
    """What a publication came to, at once."""
    run = done.run
    counts = {
        "title": done.version.title,
        "on": run.on,
        "yes": f"{run.yes:,}",
        "unknown": f"{run.unknown:,}",
        "no": f"{run.no:,}",
    }
    said = _("“%(title)s”已发布。按 %(on)s 的数据匹配：是 %(yes)s 家，待核 %(unknown)s 家，否 %(no)s 家。")
    messages.success(request, said % counts)
