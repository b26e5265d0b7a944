"""The visit plan, the calendar, one visit with its steps, and what waits for the dispatcher."""

from __future__ import annotations

import datetime as dt
import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.service.visits import access, actions, queries
from songda.deliveries.service.visits.actions import Wanted
from songda.deliveries.service.visits.forms import AnswerForm, CallForm, VisitForm
from songda.deliveries.service.visits.rules.budget import BUDGET, first_of_month
from songda.deliveries.service.visits.states import APPROVES, COMING, VISIT
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid, Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.ledger.cases.access import visible_to as cases_visible_to
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.access import visible_to as subjects_visible_to

MONTH = "%Y-%m"
UNANSWERED_SHOWN = 10


@door("visits.see")
def firms(request: ActingRequest) -> HttpResponse:
    """The firms of the post: last visit, open matters, next visit, the light; tick some to plan a visit."""
    now, asked, alone = clock.now(), request.GET.get("q", "").strip(), "alone" in request.GET
    page = page_of(queries.firms_listed(request.actor, asked, now=now, left_alone=alone), request)
    given = {
        "page": page,
        "rows": queries.rows_about(page.rows, now=now),
        "asked": asked,
        "alone": alone,
        "forgotten": queries.forgotten_count(request.actor, now=now),
        "days": BUDGET.unvisited_days,
        "hours": BUDGET.answer_hours,
        "unanswered": queries.unanswered_requests(request.actor, now=now)[:UNANSWERED_SHOWN],
    }
    return render(request, "service_visits/firms.html", given)


@door("visits.see")
def all_visits(request: ActingRequest) -> HttpResponse:
    """The visits in sight, newest first."""
    state, mine = request.GET.get("state", ""), "mine" in request.GET
    on = day_asked(request.GET.get("on", ""))
    rows = queries.listed(request.actor, state=state if state in VISIT.states else "", mine=mine, on=on)
    given = {"page": page_of(rows, request), "states": VISIT.states, "chosen": state, "mine": mine, "on": on}
    return render(request, "service_visits/visits.html", given)


@door("visits.see")
def calendar(request: ActingRequest) -> HttpResponse:
    """A month in weeks."""
    today = clock.day_of(clock.now())
    month = month_asked(request.GET.get("month", ""), today)
    given = {
        "weeks": queries.month_of(request.actor, month, today=today),
        "month": month,
        "before": (month - dt.timedelta(days=1)).strftime(MONTH),
        "after": (month + dt.timedelta(days=32)).strftime(MONTH),
        "states": VISIT.states,
    }
    return render(request, "service_visits/calendar.html", given)


@door("visits.do")
def new(request: ActingRequest) -> HttpResponse:
    """Plan a visit to chosen firms, with each one's light and its own requests beside it."""
    form = VisitForm(request.POST or None, actor=request.actor, initial=first_choice())
    chosen = [int(one) for one in request.GET.getlist("subject") + request.POST.getlist("subject") if one.isdecimal()]
    if request.method == "POST" and form.is_valid():
        wanted = [Wanted(one, case_id=int(request.POST.get(f"wish-{one}") or 0) or None) for one in dict.fromkeys(chosen)]
        try:
            key = form.cleaned_data["request_key"]
            visit = actions.plan_visit(form.plan(wanted), by=request.actor, now=clock.now(), request_key=key)
            return redirect("visits:visit", visit.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    given = {"form": form, "chosen": chosen_firms(request, chosen)}
    return render(request, "service_visits/new.html", given, status=400 if form.errors else 200)


@door("visits.see")
def visit(request: ActingRequest, visit_id: int) -> HttpResponse:
    """One visit: its stops with what was found, what may be done and what still lacks."""
    found = access.visit_for(visit_id, request.actor)
    mine = access.does(found, request.actor)
    given = {
        "visit": found,
        "states": VISIT.states,
        "stops": queries.stops_of(found),
        "attendees": found.attendees.select_related("post__person", "post__organisation"),
        "mine": mine,
        "allowed": {step.name for step in VISIT.steps if VISIT.allows(step.name, found.state)} if mine else set(),
        "lacks": queries.lacks_of(found) if found.state in ("under_way", "recorded") else (),
        "joinable": queries.to_join(found) if found.state in COMING else (),
        "budget": BUDGET,
    }
    return render(request, "service_visits/visit.html", given)


@require_POST
@door("visits.do")
def step(request: ActingRequest, visit_id: int, name: str) -> HttpResponse:
    """Take a step of a visit: offer, start, close, cancel, merge."""
    by, now, given = request.actor, clock.now(), request.POST
    if name == "offer":
        actions.offer_slot(visit_id, by=by, now=now, starts_at=moment_asked(given.get("starts_at", "")))
    elif name == "start":
        actions.start_visit(visit_id, by=by, now=now)
    elif name == "close":
        actions.close_visit(visit_id, by=by, now=now)
    elif name == "cancel":
        actions.cancel_visit(visit_id, given.get("reason", ""), by=by, now=now)
    elif name == "merge":
        other = given.get("other", "")
        actions.merge_visits(visit_id, int(other) if other.isdecimal() else 0, by=by, now=now)
    else:
        raise Http404
    messages.info(request, _("已办理。"))
    return redirect("visits:visit", visit_id)


@require_POST
@door("visits.do")
def answered(request: ActingRequest, stop_id: int) -> HttpResponse:
    """What a firm said by telephone, with who said it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("请选择答复，并写明企业答复人。"))
    stop = actions.answer_visit(stop_id, form.answer(), by=request.actor, now=clock.now())
    return redirect("visits:visit", stop.visit_id)


@require_POST
@door("visits.do")
def file_finding(request: ActingRequest, finding_id: int) -> HttpResponse:
    """Enter a finding into the ledger that was not taken at first."""
    finding = actions.refile_finding(finding_id, by=request.actor, now=clock.now())
    messages.info(request, _("已登入台账。"))
    return redirect("visits:visit", finding.stop.visit_id)


@door("visits.do")
def contact(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Note a call or a survey before it is made."""
    subject, now = subject_for(subject_id, request.actor), clock.now()
    form = CallForm(request.POST or None, initial={"request_key": secrets.token_hex(16), "on": clock.day_of(now)})
    if form.is_valid():
        try:
            key = form.cleaned_data["request_key"]
            actions.note_contact(subject_id, form.call(), by=request.actor, now=now, request_key=key)
            messages.info(request, _("已登记。"))
            return redirect("visits:firms")
        except Refused as refusal:
            show_refusal(form, refusal)
    lights = queries.disturbances([subject_id], on=clock.day_of(now))
    given = {"form": form, "subject": subject, "disturbance": lights[subject_id]}
    return render(request, "service_visits/contact.html", given, status=400 if form.errors else 200)


@door("visits.see")
def approvals(request: ActingRequest) -> HttpResponse:
    """Contacts beyond the budget that wait for the dispatcher, with who comes already."""
    waiting = list(queries.waiting_for_approval(request.actor)[:100])
    lights = queries.disturbances_of(waiting)
    rows = [(one, lights[one.pk]) for one in waiting]
    return render(request, "service_visits/approvals.html", {"rows": rows, "may": request.actor.may(APPROVES), "budget": BUDGET})


@require_POST
@door(APPROVES)
def approve(request: ActingRequest, approach_id: int) -> HttpResponse:
    """The dispatcher's yes or no, with its reason."""
    decide = actions.approve_extra_contact if request.POST.get("answer") == "yes" else actions.refuse_extra_contact
    decide(approach_id, request.POST.get("reason", ""), by=request.actor, now=clock.now())
    messages.info(request, _("已答复走访单位。"))
    return redirect("visits:approvals")


def chosen_firms(request: ActingRequest, ids: list[int]) -> list[dict[str, object]]:
    """The firms chosen for a visit, in the order chosen."""
    found = subjects_visible_to(request.actor).select_related("home").in_bulk(ids)
    lights = queries.disturbances(list(found), on=clock.day_of(clock.now()))
    wishes = cases_visible_to(request.actor).filter(subject_id__in=list(found), open=True, origin="firm").order_by("-pk")
    by_firm: dict[int, list[object]] = {one: [] for one in found}
    for case in wishes:
        by_firm[case.subject_id or 0].append(case)
    return [
        {"subject": found[one], "disturbance": lights[one], "wishes": by_firm[one], "wished": request.POST.get(f"wish-{one}", "")}
        for one in dict.fromkeys(ids)
        if one in found
    ]


def first_choice() -> dict[str, object]:
    """What the form begins with: tomorrow at ten, and a key so that it is planned once."""
    tomorrow = clock.start_of(clock.day_of(clock.now()) + dt.timedelta(days=1)) + dt.timedelta(hours=10)
    return {"request_key": secrets.token_hex(16), "starts_at": tomorrow.astimezone(clock.place())}


def month_asked(text: str, today: dt.date) -> dt.date:
    """The first day of the month asked for, or of this one."""
    try:
        year, month = (int(part) for part in text.split("-"))
        return dt.date(year, month, 1)
    except ValueError:
        return first_of_month(today)


def moment_asked(text: str) -> dt.datetime | None:
    """A local moment from a form field, or None."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.place()) if text else None


def day_asked(text: str) -> dt.date | None:
    """A day from an address, or None."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
