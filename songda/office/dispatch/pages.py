"""Pages of dispatch: amend a fact and see at once what turns."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid
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
            form.add_error("value", f"{error.message}{error.advice}")
    return render(request, "dispatch/amend.html", given)
