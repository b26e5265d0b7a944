"""一企一策 and production plans."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.service.visits import access, actions, queries
from songda.deliveries.service.visits.forms import (
    LineForm,
    LineFormSet,
    PlanForm,
    ProductionForm,
    WeekForm,
    line_choices,
    next_monday,
)
from songda.deliveries.service.visits.models import Plan
from songda.deliveries.service.visits.states import PLAN
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.ledger import panels
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for


@door("visits.see")
def plans(request: ActingRequest) -> HttpResponse:
    """The plans in force and drafts, by review day."""
    rows = access.plans_visible_to(request.actor).filter(state__in=("draft", "active"))
    page = page_of(rows.select_related("subject", "post__person", "review_case").order_by("review_on", "pk"), request)
    standings = [queries.standing_of(plan) for plan in page.rows]
    given = {"page": page, "rows": standings, "states": PLAN.states, "today": clock.day_of(clock.now())}
    return render(request, "service_visits/plans.html", given)


@door("visits.do")
def new_plan(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Draft the next version of a firm's plan: one line waits for each open difficulty."""
    subject_for(subject_id, request.actor)
    draft = Plan.objects.filter(subject_id=subject_id, state="draft").first()
    if draft is not None:
        return redirect("visits:edit_plan", draft.pk)
    return edited(request, subject_id, None)


@door("visits.do")
def edit_plan(request: ActingRequest, plan_id: int) -> HttpResponse:
    """Write a draft anew."""
    plan = access.plan_to_edit(plan_id, request.actor)
    return edited(request, plan.subject_id, plan)


@door(SIGNED_IN)
def plan(request: ActingRequest, plan_id: int) -> HttpResponse:
    """One plan as it stands; a firm reads its own."""
    found = access.plan_for(plan_id, request.actor)
    given = {"standing": queries.standing_of(found), "plan": found, "states": PLAN.states, "today": clock.day_of(clock.now())}
    return render(request, "service_visits/plan.html", given)


@door(SIGNED_IN)
def plan_sheet(request: ActingRequest, plan_id: int) -> HttpResponse:
    """The plan on paper."""
    found = access.plan_for(plan_id, request.actor)
    return render(request, "service_visits/plan_sheet.html", {"standing": queries.standing_of(found), "plan": found})


@require_POST
@door("visits.do")
def activate(request: ActingRequest, plan_id: int) -> HttpResponse:
    """Put a draft in force."""
    actions.activate_plan(plan_id, by=request.actor, now=clock.now())
    messages.info(request, _("方案已启用。"))
    return redirect("visits:plan", plan_id)


@require_POST
@door("visits.do")
def tick(request: ActingRequest, line_id: int) -> HttpResponse:
    """Mark a line of its own as done."""
    line = actions.tick_line(line_id, by=request.actor, now=clock.now())
    return redirect("visits:plan", line.plan_id)


@door(SIGNED_IN)
def new_production(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Begin to watch a product."""
    access.must_keep_production(request.actor)
    subject = subject_for(subject_id, request.actor)
    form = ProductionForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.begin_production(subject_id, form.basis(), by=request.actor, now=clock.now())
            return redirect("visits:production", made.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "service_visits/new_production.html", {"form": form, "subject": subject})


@door(SIGNED_IN)
def production(request: ActingRequest, production_id: int) -> HttpResponse:
    """Plan against actual by the week, and a week to be written."""
    found = access.production_for(production_id, request.actor)
    form = WeekForm(request.POST or None, initial={"monday": next_monday(clock.day_of(clock.now()))})
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_week(production_id, form.made(), by=request.actor, now=clock.now())
            return redirect("visits:production", production_id)
        except Refused as refusal:
            show_refusal(form, refusal)
    keeps = request.actor.may("visits.do") or request.actor.may("firm.act")
    return render(
        request, "service_visits/production.html", {"shown": queries.production_shown(found), "form": form, "keeps": keeps}
    )


def edited(request: ActingRequest, subject_id: int, draft: Plan | None) -> HttpResponse:
    """The form of a plan, written or shown."""
    form = PlanForm(request.POST or None, initial=head_of(draft))
    lines = lines_for(request, subject_id, draft)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        sheet, now = form.sheet(lines), clock.now()
        try:
            if draft is None:
                draft = actions.draft_plan(subject_id, sheet, by=request.actor, now=now)
            else:
                actions.rewrite_plan(draft.pk, sheet, by=request.actor, now=now)
            return redirect("visits:plan", draft.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    given = {"form": form, "lines": lines, "subject": subject_for(subject_id, request.actor)}
    return render(request, "service_visits/edit_plan.html", given)


def lines_for(request: ActingRequest, subject_id: int, draft: Plan | None) -> BaseFormSet[LineForm]:
    """The lines of the form: those of the draft, or one waiting for each open difficulty."""
    cases = queries.open_difficulties(subject_id)
    offered = panels.lines("measures", subject_id, by=request.actor, now=clock.now())
    choices = line_choices(request.actor, cases, [(one.key, one.label) for one in offered])
    waiting: list[dict[str, object]] = [{"case": case.pk} for case in cases]
    if draft is not None:
        waiting = [
            {"case": line.case_id, "text": line.text, "measure": line.measure_key, "owner": line.owner_id, "due_on": line.due_on}
            for line in draft.lines.order_by("seq")
        ]
    return LineFormSet(request.POST or None, initial=waiting, form_kwargs={"choices": choices})


def head_of(draft: Plan | None) -> dict[str, object]:
    """The head of a draft as the form takes it."""
    return {} if draft is None else {"diagnosis": draft.diagnosis, "goals": draft.goals, "review_on": draft.review_on}
