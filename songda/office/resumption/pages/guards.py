"""The negative list, risk areas, arrivals."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.office.resumption import actions
from songda.office.resumption.access import (
    arrival_for,
    arrivals_visible_to,
    entries_visible_to,
    entry_to_delist,
    risk_to_end,
    risks_visible_to,
)
from songda.office.resumption.forms import fields as forms
from songda.office.resumption.pages.boards import today
from songda.office.resumption.pages.reports import day_asked
from songda.office.resumption.rules.masks import masked
from songda.office.resumption.states import ARRIVAL
from songda.registry.codes import queries as codes
from songda.registry.requests import ActingRequest

INDUSTRIES = "gbt4754"


@door("resumption.see")
def negative(request: ActingRequest) -> HttpResponse:
    """The negative list as it stood on a day, or with everything ever listed."""
    on, history = day_asked(request.GET.get("on", "")), request.GET.get("history") == "yes"
    rows = entries_visible_to(request.actor)
    if not history:
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
    page = page_of(rows.order_by("-starts_on", "-pk"), request)
    lists = codes.code_lists({INDUSTRIES})
    names = lists[INDUSTRIES].names if INDUSTRIES in lists else {}
    shown = [(one, names.get(one.industry, "")) for one in page.rows]
    return render(request, "resumption/negative.html", {"page": page, "rows": shown, "on": on, "history": history})


@door("resumption.control")
def new_entry(request: ActingRequest) -> HttpResponse:
    """Put something on the list."""
    back = "/resumption/negative/"

    def act(told: dict[str, Any]) -> str:
        new = actions.NewEntry(
            told["sort"], told["starts_on"], told["document"], told["reason"], told["industry"], told["kind"], told["subject"],
            told["area"],
        )  # fmt: skip
        actions.list_entry(new, by=request.actor, now=clock.now())
        return back

    form = forms.EntryForm(request.POST or None, actor=request.actor, initial={"starts_on": today()})
    return carried_out(request, form, Doing(_("列入负面清单"), act, _("列入"), back))


@door("resumption.control")
def delist(request: ActingRequest, negative_id: int) -> HttpResponse:
    """Take something off the list."""
    entry, back = entry_to_delist(negative_id, request.actor), "/resumption/negative/"

    def act(told: dict[str, Any]) -> str:
        actions.delist_entry(negative_id, told["last_day"], told["reason"], by=request.actor, now=clock.now())
        return back

    about = f"{entry.get_sort_display()} {entry.industry or entry.get_kind_display() or entry.subject}"
    form = forms.LastDayForm(request.POST or None, initial={"last_day": today()})
    return carried_out(request, form, Doing(_("移出负面清单"), act, _("移出"), back, about))


@door("resumption.see")
def risks(request: ActingRequest) -> HttpResponse:
    """Risk areas by date."""
    page = page_of(risks_visible_to(request.actor).order_by("-starts_on", "-pk"), request)
    return render(request, "resumption/risks.html", {"page": page, "on": today()})


@door("resumption.control")
def new_risk(request: ActingRequest) -> HttpResponse:
    """Announce a risk area."""
    back = "/resumption/risks/"

    def act(told: dict[str, Any]) -> str:
        actions.announce_risk(actions.NewRisk(**told), by=request.actor, now=clock.now())
        return back

    form = forms.RiskForm(request.POST or None, initial={"starts_on": today()})
    return carried_out(request, form, Doing(_("登记风险地区"), act, _("登记"), back))


@door("resumption.control")
def end_risk(request: ActingRequest, risk_id: int) -> HttpResponse:
    """A risk area ends."""
    one, back = risk_to_end(risk_id, request.actor), "/resumption/risks/"

    def act(told: dict[str, Any]) -> str:
        actions.end_risk(risk_id, told["last_day"], by=request.actor, now=clock.now())
        return back

    form = forms.EndForm(request.POST or None, initial={"last_day": today()})
    return carried_out(request, form, Doing(_("解除风险地区"), act, _("解除"), back, one.name))


@door("resumption.see")
def arrivals(request: ActingRequest) -> HttpResponse:
    """Arrivals in sight; names masked."""
    state = request.GET.get("state", "")
    rows = arrivals_visible_to(request.actor)
    rows = rows.filter(state=state) if state in ARRIVAL.states else rows
    page = page_of(rows.order_by("-arrived_on", "-pk"), request)
    given = {
        "page": page, "rows": [(one, masked(one.alias)) for one in page.rows], "states": ARRIVAL.states.items(), "state": state,
        "on": today(),
    }  # fmt: skip
    return render(request, "resumption/arrivals.html", given)


@door("resumption.report")
def new_arrival(request: ActingRequest) -> HttpResponse:
    """Note persons who arrived."""

    def act(told: dict[str, Any]) -> str:
        made = actions.record_arrival(
            actions.NewArrival(
                told["subject"], told["from_code"], told["from_name"], told["arrived_on"], told["people"], told["alias"]
            ),
            by=request.actor,
            now=clock.now(),
        )
        return f"/resumption/arrivals/{made.pk}/"

    form = forms.ArrivalForm(request.POST or None, actor=request.actor, initial={"arrived_on": today()})
    return carried_out(request, form, Doing(_("登记来返人员"), act, _("登记"), "/resumption/arrivals/"))


@door("resumption.see")
def arrival(request: ActingRequest, returnee_id: int) -> HttpResponse:
    """One arrival; the name in clear on a reason that the trail keeps."""
    one, form, name = arrival_for(returnee_id, request.actor), forms.RevealForm(request.POST or None), ""
    if form.is_bound and form.is_valid():
        try:
            name = actions.reveal_arrival(returnee_id, form.cleaned_data["reason"], by=request.actor, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
    given = {"arrival": one, "name": name or masked(one.alias), "form": form, "on": today(), "label": ARRIVAL.states[one.state]}
    return render(request, "resumption/arrival.html", given)


@require_POST
@door("resumption.report")
def clear(request: ActingRequest, returnee_id: int) -> HttpResponse:
    """Clear persons whose isolation is over."""
    return attempt(
        request,
        lambda: actions.clear_arrival(returnee_id, by=request.actor, now=clock.now()),
        f"/resumption/arrivals/{returnee_id}/",
        _("已放行。"),
    )
