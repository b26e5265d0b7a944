"""Pages of end events 终止事件: what depends on each; tell, confirm, take back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import actions, queries
from songda.deliveries.policy.library.forms import EventForm
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotFound, Refused
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.registry.requests import ActingRequest


@door("policy.see")
def events(request: ActingRequest) -> HttpResponse:
    """Every event on which documents end."""
    return render(request, "policy_library/events.html", {"endings": queries.endings()})


@door("policy.edit")
def tell(request: ActingRequest, code: str) -> HttpResponse:
    """Tell that it has happened."""
    ending = next((one for one in queries.endings() if one.code == code), None)
    if ending is None:
        raise NotFound(_("字典里没有这一事件。"))
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_event(code, **form.cleaned_data, by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            return redirect("library:events")
    return render(request, "policy_library/tell_event.html", {"form": form, "ending": ending})


@require_POST
@door("policy.publish")
def confirm(request: ActingRequest, event_id: int) -> HttpResponse:
    """Confirm it, for good."""
    try:
        actions.confirm_event(event_id, by=request.actor, now=clock.now())
    except Refused as error:
        tell_refusal(request, error)
    return redirect("library:events")


@require_POST
@door("policy.edit")
def take_back(request: ActingRequest, event_id: int) -> HttpResponse:
    """Take it back, while nobody has confirmed it."""
    try:
        actions.take_back_event(event_id, by=request.actor, now=clock.now())
    except Refused as error:
        tell_refusal(request, error)
    return redirect("library:events")
