"""Alarms 告警: what is open, what has been, and the rows behind each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.ledger.alarms import access, actions, queries
from songda.ledger.alarms.forms import WordForm
from songda.ledger.alarms.rules import LABELS
from songda.registry.requests import ActingRequest


@door("alarms.see")
def alarms(request: ActingRequest) -> HttpResponse:
    """The alarms that are open; with `all` the others too, by rule."""
    given = {name: request.GET.get(name, "") for name in ("show", "rule")}
    found = access.visible_to(request.actor).order_by("-opened_at", "-id")
    if given["show"] != "all":
        found = found.filter(acknowledged_at=None)
    if given["rule"]:
        found = found.filter(rule=given["rule"])
    return render(request, "alarms/alarms.html", {"page": page_of(found, request), "given": given, "rules": LABELS})


@door("alarms.see")
def alarm(request: ActingRequest, alarm_id: int) -> HttpResponse:
    """One alarm with the rows behind it, and a word to acknowledge it."""
    found, form = access.alarm_for(alarm_id, request.actor), WordForm(request.POST or None)
    if form.is_valid():
        try:
            found = actions.acknowledge(alarm_id, form.cleaned_data["word"], by=request.actor, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
    rows = page_of(queries.rows_behind(found), request)
    context: dict[str, Any] = {"alarm": found, "form": form, "submit": _("处理完毕"), "page": rows}
    context["own"] = found.account_id is not None and found.account_id == request.actor.account_id
    return render(request, "alarms/alarm.html", context)
