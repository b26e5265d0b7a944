"""Pages of market plans: list, timetable, sheet, and the public one behind the code at the gate."""

from __future__ import annotations

import io
from collections.abc import Callable

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.service.markets import access, actions, queries
from songda.deliveries.service.markets.forms import SheetForm, typed
from songda.deliveries.service.markets.models import MarketPlan
from songda.deliveries.service.markets.states import APPROVES, PLAN
from songda.kernel import clock
from songda.kernel.doors import PUBLIC, SIGNED_IN, door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for


@door("visits.see")
def plans(request: ActingRequest) -> HttpResponse:
    """The plans in hand and in force, and the markets that have none."""
    rows = access.visible_to(request.actor).exclude(state="superseded").order_by("subject__name_key", "-number", "pk")
    without = access.markets_of(request.actor).exclude(market_plans__state__in=("draft", "submitted", "published"))
    given = {"page": page_of(rows, request), "without": without[:20], "lacking": without.count(), "states": PLAN.states}
    return render(request, "service_markets/plans.html", given)


@door("visits.do")
def new(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Draft a market's next plan, beginning with the sheet of the last one."""
    subject = subject_for(subject_id, request.actor)
    last = MarketPlan.objects.filter(subject=subject).order_by("-number").first()
    form = SheetForm(request.POST or None, initial=typed(last) if last else {})
    if form.is_valid():
        try:
            made = actions.draft_plan(subject_id, form.sheet(), form.cleaned_data["notice"], by=request.actor, now=clock.now())
            return redirect("markets:plan", made.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "service_markets/edit.html", {"form": form, "subject": subject})


@door("visits.do")
def edit(request: ActingRequest, market_plan_id: int) -> HttpResponse:
    """Write a draft's sheet anew."""
    plan = access.plan_for(market_plan_id, request.actor)
    form = SheetForm(request.POST or None, initial=typed(plan))
    if form.is_valid():
        try:
            actions.rewrite_plan(market_plan_id, form.sheet(), form.cleaned_data["notice"], by=request.actor, now=clock.now())
            return redirect("markets:plan", market_plan_id)
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "service_markets/edit.html", {"form": form, "subject": plan.subject, "plan": plan})


@door(SIGNED_IN)
def plan(request: ActingRequest, market_plan_id: int) -> HttpResponse:
    """One plan: zones by slots, merchants, what is broken, what may be done."""
    found = access.plan_for(market_plan_id, request.actor)
    given = {
        "plan": found, "board": queries.board_of(found), "states": PLAN.states, "code": access.posted_code(found),
        "edits": found.state == "draft" and request.actor.may("visits.do"), "approves": request.actor.may(APPROVES),
        "own": found.drafted_by == request.actor.account_id,
    }  # fmt: skip
    return render(request, "service_markets/plan.html", given)


@require_POST
@door("visits.do")
def arrange(request: ActingRequest, market_plan_id: int) -> HttpResponse:
    """Make the timetable."""
    solved = actions.arrange(market_plan_id, by=request.actor, now=clock.now())
    for shortage in solved.shortages:
        messages.error(request, shortage.sentence())
    if solved.possible:
        messages.info(request, _("已排好 %(n)d 个商户时段。") % {"n": len(solved.timetable)})
    return redirect("markets:plan", market_plan_id)


@require_POST
@door("visits.do")
def place(request: ActingRequest, stall_id: int) -> HttpResponse:
    """Put a merchant into a slot, or take it out."""
    stall, slot = access.stall_to_place(stall_id, request.actor), request.POST.get("slot", "")
    verb = actions.unplace if request.POST.get("take") else actions.place
    try:
        verb(stall_id, slot, by=request.actor, now=clock.now())
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(reverse("markets:plan", args=[stall.plan_id]) + f"#stall-{stall_id}")


@require_POST
@door("visits.do")
def submit(request: ActingRequest, market_plan_id: int) -> HttpResponse:
    """Hand a draft in."""
    return _stepped(request, market_plan_id, lambda: actions.submit_plan(market_plan_id, by=request.actor, now=clock.now()))


@require_POST
@door(APPROVES)
def decide(request: ActingRequest, market_plan_id: int) -> HttpResponse:
    """Publish what was handed in, or give it back with a reason."""
    now, by = clock.now(), request.actor
    if request.POST.get("back"):
        return _stepped(
            request, market_plan_id, lambda: actions.return_plan(market_plan_id, request.POST.get("reason", ""), by=by, now=now)
        )
    return _stepped(request, market_plan_id, lambda: actions.publish_plan(market_plan_id, by=by, now=now))


@door(SIGNED_IN)
def sheet(request: ActingRequest, market_plan_id: int) -> HttpResponse:
    """The timetable on paper, with the code for the gate."""
    found = access.plan_for(market_plan_id, request.actor)
    given = {"plan": found, "board": queries.board_of(found), "states": PLAN.states}
    return render(request, "service_markets/sheet.html", given)


@door(SIGNED_IN)
def code(request: ActingRequest, market_plan_id: int) -> HttpResponse:
    """The code for the gate, as a picture."""
    found = access.plan_for(market_plan_id, request.actor)
    address = request.build_absolute_uri(reverse("markets:posted", args=[access.posted_code(found)]))
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@door(PUBLIC)
def posted(request: ActingRequest, code: str) -> HttpResponse:
    """What the code at the gate opens: who trades when, for anybody."""
    found = access.plan_of_code(code)
    return render(request, "service_markets/posted.html", {"plan": found, "board": queries.board_of(found)})


def _stepped(request: ActingRequest, market_plan_id: int, verb: Callable[[], MarketPlan]) -> HttpResponse:
    try:
        messages.info(request, _("已办理：%(state)s。") % {"state": PLAN.states[verb().state]})
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("markets:plan", market_plan_id)
