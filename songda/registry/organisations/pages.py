"""Pages of the room: the tree, a unit's record, founding and grading.

Moving a unit is not here: copies of its path in other rooms must move in the same step, and the office above does that.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.registry.organisations import actions, queries
from songda.registry.organisations.access import organisation_for, visible_to
from songda.registry.organisations.forms import GradeForm, UnitForm
from songda.registry.organisations.models import Organisation
from songda.registry.requests import ActingRequest


@door("organisations.see")
def tree(request: ActingRequest) -> HttpResponse:
    """The units in sight, as a tree."""
    roots = queries.tree(visible_to(request.actor).filter(ends_on=None))
    return render(request, "organisations/tree.html", {"nodes": [node for root in roots for node in root.walk()]})


@door("organisations.see")
def unit(request: ActingRequest, organisation_id: int) -> HttpResponse:
    """One unit: where it stands and stood, what stands below it, what its figures count."""
    found = organisation_for(organisation_id, request.actor)
    may_grade = request.actor.may("organisations.edit") and found.kind == Organisation.Kind.PARK
    context = {
        "unit": found,
        "below": visible_to(request.actor).filter(parent=found, ends_on=None),
        "places": queries.places_of(found),
        "members": queries.members_of(found, clock.day_of(clock.now())),
        "population": queries.population_of(found),
        "form": GradeForm() if may_grade else None,
    }
    return render(request, "organisations/unit.html", context)


@door("organisations.edit")
def new_unit(request: ActingRequest) -> HttpResponse:
    """Found a unit."""
    form = UnitForm(request.POST or None, actor=request.actor, initial={"parent": request.GET.get("parent")})
    if form.is_valid():
        given = {**form.cleaned_data, "parent": form.cleaned_data["parent"].code}
        try:
            made = actions.found_organisation(actions.NewUnit(**given), by=request.actor, now=clock.now())
            return redirect(f"/organisations/{made.pk}/")
        except Refused as refusal:
            form.add_error(next((name for name in refusal.fields if name in form.fields), None), refusal.message)
    return render(request, "organisations/new_unit.html", {"form": form, "submit": _("设立")})


@require_POST
@door("organisations.edit")
def grade(request: ActingRequest, organisation_id: int) -> HttpResponse:
    """Note a park's stars."""
    form = GradeForm(request.POST)
    if form.is_valid():
        actions.grade_park(
            organisation_id, form.cleaned_data["stars"], on=form.cleaned_data["on"], by=request.actor, now=clock.now()
        )
        messages.success(request, _("星级已记录。"))
    else:
        messages.error(request, _("请填写 1 至 6 的星级和评定日期。"))
    return redirect(f"/organisations/{organisation_id}/")
