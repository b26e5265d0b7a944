"""Pages of applications upward: the list, the calendar, one of them and each step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.watch import actions, queries
from songda.deliveries.policy.watch.access import bid_for, bid_to_work, works_on
from songda.deliveries.policy.watch.actions import NewBid, Result
from songda.deliveries.policy.watch.forms import bids as forms
from songda.deliveries.policy.watch.forms.arrivals import ReasonForm
from songda.deliveries.policy.watch.pages.arrivals import day_in
from songda.deliveries.policy.watch.states import AT_WORK, BID, Sort
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.kernel.whole import whole_number
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.registry.requests import ActingRequest

HERE = "/policy/watch/upward/"


@door("policy.see")
def bids(request: ActingRequest) -> HttpResponse:
    """Applications in sight with won of submitted this year."""
    given, today = request.GET, clock.day_of(clock.now())
    asked = {name: given.get(name, "") for name in ("state", "sort", "text")}
    first, last = day_in(request, "first", dt.date(today.year, 1, 1)), day_in(request, "last", today)
    context = {
        "page": page_of(queries.bids_listed(request.actor, **asked), request),
        "success": queries.success(request.actor, first, max(first, last)),
        "first": first, "last": last, "asked": asked, "states": BID.states, "sorts": Sort.choices, "today": today, "at_work": AT_WORK,
    }  # fmt: skip
    return render(request, "watch/bids.html", context)


@door("policy.see")
def windows(request: ActingRequest) -> HttpResponse:
    """The calendar of a year, and the windows missed with their owners."""
    today = clock.day_of(clock.now())
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked is not None and 1900 < asked < 2200 else today.year
    months = queries.months_of(request.actor, year)
    context = {
        "months": months,
        "year": year,
        "today": today,
        "missed": queries.missed(request.actor)[:100],
        "states": BID.states,
    }
    return render(request, "watch/windows.html", context)


@door("policy.see")
def new(request: ActingRequest) -> HttpResponse:
    """Put a window on the calendar."""

    def act(told: dict[str, Any]) -> str:
        made = NewBid(
            told["title"], told["issuer"], told["sort"], told["lead"].pk, (told["first"], told["last"]), told["due_on"], told["sought"],
            told["owner"].pk if told["owner"] else None, told["papers"].splitlines(), settings.DEMONSTRATION,
        )  # fmt: skip
        return f"{HERE}{actions.plan_bid(made, by=request.actor, now=clock.now()).pk}/"

    form = forms.BidForm(request.POST or None, actor=request.actor, initial={"lead": request.actor.organisation_id})
    return carried_out(request, form, Doing(_("登记争取事项"), act, _("登记"), HERE))


@door("policy.see")
def bid(request: ActingRequest, bid_id: int) -> HttpResponse:
    """One application: window, checklist, what may be done, what came of it."""
    one, today = bid_for(bid_id, request.actor), clock.day_of(clock.now())
    papers = list(one.papers.order_by("ordinal"))
    context = {
        "bid": one,
        "states": BID.states,
        "papers": papers,
        "lacking": sum(1 for paper in papers if paper.ready_at is None),
        "works": works_on(one, request.actor),
        "at_work": one.state in AT_WORK,
        "open_now": one.opens_on <= today <= one.closes_on,
        "late": one.state in AT_WORK and one.due_on < today,
    }
    return render(request, "watch/bid.html", context)


@require_POST
@door("policy.see")
def tick(request: ActingRequest, bid_paper_id: int) -> HttpResponse:
    """A paper is there, or not after all."""
    ready = "undo" not in request.POST
    return attempt(request, lambda: actions.tick_paper(bid_paper_id, ready=ready, by=request.actor, now=clock.now()), HERE)


@require_POST
@door("policy.see")
def submit(request: ActingRequest, bid_id: int) -> HttpResponse:
    """Hand it in."""
    return attempt(
        request, lambda: actions.submit_bid(bid_id, by=request.actor, now=clock.now()), f"{HERE}{bid_id}/", _("已申报。")
    )


@door("policy.see")
def decide(request: ActingRequest, bid_id: int) -> HttpResponse:
    """Note the result with its evidence."""
    one, back = bid_to_work(bid_id, request.actor), f"{HERE}{bid_id}/"
    evidence = EvidenceForm(request.POST or None, request.FILES or None, initial={"evidence_kind": "letter"})

    def act(told: dict[str, Any]) -> str:
        with transaction.atomic():
            papers = store_several(evidence.offers(subject_id=None, area_path=one.area_path), by=request.actor, now=clock.now())
            key = papers[0].pk if papers else None
            result = Result(told["won"] == "yes", told["decided_on"], key, told["won_amount"], told["note"])
            actions.decide_bid(bid_id, result, by=request.actor, now=clock.now())
        return back

    form = forms.ResultForm(request.POST or None, initial={"decided_on": clock.day_of(clock.now())})
    return carried_out(request, form, Doing(_("登记结果"), act, _("登记"), back, one.title), evidence, "evidence/doing.html")


@door("policy.see")
def give_up(request: ActingRequest, bid_id: int) -> HttpResponse:
    """Leave the window unused."""
    one, back = bid_to_work(bid_id, request.actor), f"{HERE}{bid_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.give_up(bid_id, told["reason"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, ReasonForm(request.POST or None), Doing(_("放弃申报"), act, _("确定"), back, one.title))
