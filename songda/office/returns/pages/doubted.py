"""Pages of violations: the quality list across forms, one with its history, its explanation and waiver."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, carried_out
from songda.office.returns import actions, queries
from songda.office.returns.access import is_unit, violation_for
from songda.office.returns.forms import ExplainForm, ReasonForm
from songda.office.returns.states import Cause, Importance, ViolationState
from songda.registry.requests import ActingRequest


@door("returns.see")
def violations(request: ActingRequest) -> HttpResponse:
    """The quality list: open and weighty ones first, the oldest first."""
    actor = request.actor
    asked = {name: request.GET.get(name, "") for name in ("state", "importance", "cause", "sort", "unit")}
    counts = queries.counts(actor)
    context = {
        "page": page_of(queries.violations_asked(actor, asked), request), "asked": asked, "now": clock.now(),
        "states": [(code, label, counts.get(code, 0)) for code, label in ViolationState.choices],
        "importances": Importance.choices, "causes": Cause.choices,
    }  # fmt: skip
    return render(request, "returns/violations.html", context)


@door("returns.see")
def violation(request: ActingRequest, violation_id: int) -> HttpResponse:
    """One violation from the beginning to its end."""
    found = violation_for(violation_id, request.actor)
    waits = found.state == ViolationState.OPEN
    unsaid = found.state == ViolationState.EXPLAINED and not found.cause
    context = {
        "violation": found, "steps": found.steps.order_by("pk"), "may_explain": (waits or unsaid) and is_unit(request.actor),
        "may_waive": waits and request.actor.may("returns.accept"),
    }  # fmt: skip
    return render(request, "returns/violation.html", context)


@door("returns.see")
def explain(request: ActingRequest, violation_id: int) -> HttpResponse:
    """The unit says why."""
    found, back = violation_for(violation_id, request.actor), f"/returns/violations/{violation_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.explain_violation(violation_id, told["text"], told["cause"], by=request.actor, now=clock.now())
        return back

    return carried_out(
        request,
        ExplainForm(request.POST or None, initial={"text": found.explanation}),
        Doing(_("说明原因"), act, _("保存说明"), back, found.text),
    )


@door("returns.accept")
def waive(request: ActingRequest, violation_id: int) -> HttpResponse:
    """Let it stand, for a reason."""
    found, back = violation_for(violation_id, request.actor), f"/returns/violations/{violation_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.waive_violation(violation_id, told["reason"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, ReasonForm(request.POST or None), Doing(_("豁免疑点"), act, _("豁免"), back, found.text))
