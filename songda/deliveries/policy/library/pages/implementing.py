"""Pages of implementing rules 实施细则: list, record, drafting, the measures covered, and the steps of two persons."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import EndForm, NewRuleForm, RuleDraftForm, first_error
from songda.deliveries.policy.library.pages.steps import reason_in, whole
from songda.deliveries.policy.library.states import MEASURE, RulePart
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.kernel.screens.steps import attempt
from songda.registry.requests import ActingRequest


@door("policy.see")
def rules(request: ActingRequest) -> HttpResponse:
    """Implementing rules by state, unit and words, newest first."""
    asked = {name: request.GET.get(name, "") for name in ("state", "department", "q")}
    seen = access.rules_visible_to(request.actor)
    rows = queries.rules_asked(seen, asked).select_related("rule", "department").annotate(covered=Count("coverages"))
    given = {
        "page": page_of(rows.order_by("-pk"), request),
        "states": MEASURE.states,
        "departments": queries.units_of_rules(seen),
        "asked": asked,
        "drafts": request.actor.may("policy.draft"),
    }
    return render(request, "policy_library/rules.html", given)


@door("policy.see")
def implementing(request: ActingRequest, version_id: int) -> HttpResponse:
    """One version: who, on what conditions, papers, steps, days, money; the measures it covers; what may be done with it."""
    version = access.rule_for(version_id, request.actor)
    may_write = request.actor.may("policy.draft")
    versions = access.rules_visible_to(request.actor).filter(rule=version.rule_id).order_by("-number")
    given = {
        "version": version,
        "states": MEASURE.states,
        "measures": queries.covered_measures(version),
        "sources": [(RulePart(part).label, held) for part, held in queries.sources_by_part(version).items()],
        "versions": versions,
        "in_force": queries.rules_in_force(clock.day_of(clock.now())).filter(pk=version.pk).exists(),
        "difference": queries.rule_difference(version) if may_write else None,
        "lacks": queries.rule_lacks(version) if version.state in ("draft", "reviewed") else {},
        "drafts": may_write and (access.edits(request.actor) or version.department_id == request.actor.organisation_id),
    }
    return render(request, "policy_library/implementing.html", given)


@door("policy.draft")
def new_rule(request: ActingRequest) -> HttpResponse:
    """Begin rules by hand; from the list of what is missing, with that measure."""
    version = queries.measure_asked(request.GET.get("measure", ""), request.actor)
    starting = (
        {"title": _("%(title)s实施细则") % {"title": version.title}, "area_path": request.GET.get("area") or version.area_path}
        if version
        else {}
    )
    form = NewRuleForm(request.POST or None, actor=request.actor, initial=starting)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_implementing_rule(
                **form.cleaned_data, demonstration=settings.DEMONSTRATION, by=request.actor, now=clock.now()
            )
            if version:
                actions.link_measures(made.pk, [version.measure_id], by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            return redirect("library:edit_rule", made.pk)
    return render(request, "policy_library/new_rule.html", {"form": form, "measure": version, "submit": _("起草")})


@door("policy.draft")
def edit_rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Write a draft."""
    version = access.rule_to_draft(version_id, request.actor)
    form = RuleDraftForm(request.POST or None, instance=version, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_implementing_rule(version_id, form.changes(), by=request.actor, now=clock.now())
        except Refused as error:
            show_refusal(form, error)
        else:
            return redirect("library:implementing", version_id)
    return render(request, "policy_library/rule_draft.html", {"form": form, "version": version})


@door("policy.draft")
def rule_measures(request: ActingRequest, version_id: int) -> HttpResponse:
    """Choose the measures a draft covers."""
    version = access.rule_to_draft(version_id, request.actor)
    if request.method == "POST":
        chosen = [whole(one) for one in request.POST.getlist("measure")]
        return attempt(
            request,
            lambda: actions.link_measures(version_id, chosen, by=request.actor, now=clock.now()),
            at(version_id),
            _("已关联 %(n)d 项措施。") % {"n": len(chosen)},
        )
    choices = queries.measures_to_cover(version, request.actor, clock.day_of(clock.now()))
    return render(request, "policy_library/rule_measures.html", {"version": version, "choices": choices})


@require_POST
@door("policy.edit")
def draft_from(request: ActingRequest, document_id: int) -> HttpResponse:
    """Draft rules from a document."""
    try:
        made = actions.draft_rule_from(document_id, by=request.actor, now=clock.now())
    except Refused as error:
        tell_refusal(request, error)
        return redirect("library:document", document_id)
    return redirect("library:implementing", made.pk)


@require_POST
@door("policy.edit")
def confirm_rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Confirm a draft."""
    return attempt(
        request,
        lambda: actions.confirm_implementing_rule(version_id, by=request.actor, now=clock.now()),
        at(version_id),
        _("已审核确认；须由另一人发布。"),
    )


@require_POST
@door("policy.publish")
def publish_rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Put a confirmed version in force."""
    return attempt(
        request,
        lambda: actions.publish_implementing_rule(version_id, by=request.actor, now=clock.now()),
        at(version_id),
        _("已发布。"),
    )


@require_POST
@door("policy.publish")
def return_rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Send a confirmed version back."""
    reason = reason_in(request)
    return attempt(
        request,
        lambda: actions.return_implementing_rule(version_id, reason=reason, by=request.actor, now=clock.now()),
        at(version_id),
    )


@require_POST
@door("policy.edit")
def withdraw_rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Withdraw what was not published."""
    reason = reason_in(request)
    return attempt(
        request,
        lambda: actions.withdraw_implementing_rule(version_id, reason=reason, by=request.actor, now=clock.now()),
        at(version_id),
    )


@require_POST
@door("policy.publish")
def end_rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Repeal published rules."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(at(version_id))
    return attempt(
        request,
        lambda: actions.end_implementing_rule(version_id, **form.cleaned_data, by=request.actor, now=clock.now()),
        at(version_id),
        _("已登记失效日期。"),
    )


@require_POST
@door("policy.draft")
def revise_rule(request: ActingRequest, version_id: int) -> HttpResponse:
    """Start the next version."""
    try:
        made = actions.revise_implementing_rule(version_id, by=request.actor, now=clock.now())
    except Refused as error:
        tell_refusal(request, error)
        return redirect(at(version_id))
    return redirect("library:edit_rule", made.pk)


def at(version_id: int) -> str:
    """The page of a version."""
    return reverse("library:implementing", args=[version_id])
