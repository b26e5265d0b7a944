"""The list of missing implementing rules 细则缺口: which measures, who owes them by when, and handing them out."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import AssignForm, first_error
from songda.deliveries.policy.library.queries import Gap
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of_rows
from songda.kernel.screens.steps import attempt
from songda.registry.requests import ActingRequest

HERE = "/policy/gaps/"


@door("policy.see")
def gaps(request: ActingRequest) -> HttpResponse:
    """Published measures without rules in force, those owed first; a department's post sees what it owes, unless it asks for all."""
    form = AssignForm(actor=request.actor) if request.actor.may("policy.edit") else None
    found = queries.gaps(request.actor, clock.day_of(clock.now()))
    own = str(request.actor.organisation_id) if form is None and request.actor.may("policy.draft") else ""
    asked = {"standing": request.GET.get("standing", ""), "department": request.GET.get("department", own)}
    rows = [one for one in found if asks_for(one, asked)]
    given = {
        "page": page_of_rows(rows, request),
        "total": len(found),
        "assigned": sum(1 for one in found if one.assignment),
        "overdue": sum(1 for one in found if one.overdue),
        "departments": dict.fromkeys(one.assignment.department for one in found if one.assignment),
        "asked": asked,
        "form": form,
    }
    return render(request, "policy_library/gaps.html", given)


@require_POST
@door("policy.edit")
def assign(request: ActingRequest, version_id: int) -> HttpResponse:
    """Hand a missing set to a department."""
    form = AssignForm(request.POST, actor=request.actor)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(HERE)
    return attempt(
        request,
        lambda: actions.assign_gap(version_id, **form.cleaned_data, by=request.actor, now=clock.now()),
        HERE,
        _("已交办。"),
    )


@require_POST
@door("policy.publish")
def waive(request: ActingRequest, version_id: int) -> HttpResponse:
    """Say why a measure needs no rules, or take it back."""
    access.version_to_publish(version_id, request.actor)
    reason = request.POST.get("reason", "")
    return attempt(request, lambda: actions.waive_rule(version_id, reason=reason, by=request.actor, now=clock.now()), HERE)


def asks_for(gap: Gap, asked: Mapping[str, str]) -> bool:
    """Whether a gap is among those asked for: by unit, and unassigned, assigned or overdue."""
    owed = gap.assignment
    standing = {"": True, "unassigned": owed is None, "assigned": owed is not None, "overdue": gap.overdue}
    unit = asked["department"]
    return standing.get(asked["standing"], True) and (not unit or (owed is not None and str(owed.department_id) == unit))
