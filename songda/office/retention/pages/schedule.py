"""The table of retention, and legal holds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.recall import recalling
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, carried_out
from songda.office.retention import actions
from songda.office.retention.forms import HoldForm, ReasonForm
from songda.office.retention.models import Hold
from songda.office.retention.queries.schedule import table_on
from songda.registry.requests import ActingRequest

HOLDS = "/retention/holds/"


@door("retention.see")
@recalling()
def table(request: ActingRequest) -> HttpResponse:
    """Every holding with its rule, what is due now and next year, what is held back."""
    now = clock.now()
    rows = table_on(clock.day_of(now))
    given = {
        "ending": [row for row in rows if row.standing is not None],
        "kept": [row for row in rows if row.standing is None],
        "at": now,
        "proposes": request.actor.may("retention.propose"),
    }
    return render(request, "retention/table.html", given)


@door("retention.see")
def holds(request: ActingRequest) -> HttpResponse:
    """Holds, newest first: of which firm or matter by number alone."""
    rows = Hold.objects.order_by("-pk")
    return render(
        request, "retention/holds.html", {"page": page_of(rows, request), "places": request.actor.may("retention.hold")}
    )


@door("retention.hold")
def new_hold(request: ActingRequest) -> HttpResponse:
    """Place a hold."""

    def act(told: dict[str, Any]) -> str:
        new = actions.NewHold(told["reason"], told["firm"].strip(), told["case"].strip(), told["holding"])
        actions.place_hold(new, by=request.actor, now=clock.now())
        return HOLDS

    about = _("企业、事项、门类三项中填一项；解除之前，凡属于它的记录都不会被销毁或去标识。")
    return carried_out(request, HoldForm(request.POST or None), Doing(_("暂停销毁"), act, _("登记"), HOLDS, about))


@door("retention.hold")
def lift(request: ActingRequest, hold_id: int) -> HttpResponse:
    """End a hold, with a reason."""

    def act(told: dict[str, Any]) -> str:
        actions.lift_hold(hold_id, told["reason"], by=request.actor, now=clock.now())
        return HOLDS

    return carried_out(request, ReasonForm(request.POST or None), Doing(_("解除暂停销毁"), act, _("解除"), HOLDS))
