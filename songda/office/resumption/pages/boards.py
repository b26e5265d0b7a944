"""The board of units, the list of subjects, one subject, the quality list, frozen denominators."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of, page_of_rows
from songda.kernel.screens.steps import Doing, carried_out
from songda.office.resumption import actions, queries
from songda.office.resumption.access import arrivals_visible_to, denominators_visible_to, stop_for
from songda.office.resumption.forms import fields as forms
from songda.office.resumption.queries.subjects import TOLD_NOTHING, lamps_of, lines, stop_orders_of
from songda.office.resumption.states import Light, Population, Production, Variant
from songda.registry.requests import ActingRequest
from songda.registry.subjects.access import subject_for

STATES = [*Production.choices, (TOLD_NOTHING, _("未报"))]


def today() -> dt.date:
    """The local day."""
    return clock.day_of(clock.now())


@door("resumption.see")
def board(request: ActingRequest) -> HttpResponse:
    """Production and control side by side, by unit."""
    start = {"population": Population.FIRMS.value, "variant": Variant.UNLISTED.value, "on": today().isoformat()}
    blank = forms.BoardForm(actor=request.actor)
    form = forms.BoardForm({**start, "area": blank.initial.get("area", ""), **request.GET.dict()}, actor=request.actor)
    given: dict[str, object] = {"form": form, "variants": Variant}
    if form.is_valid():
        told = form.cleaned_data
        rows = queries.board(request.actor, told["area"], told["population"], told["variant"], on=told["on"])
        label = Variant(told["variant"]).label
        given |= {"rows": rows, "on": told["on"], "variant": label, "population": told["population"]}
    return render(request, "resumption/board.html", given)


@door("resumption.see")
def subjects(request: ActingRequest) -> HttpResponse:
    """Subjects by state, with both axes."""
    given = request.GET
    wanted = queries.Wanted(*(given.get(name, "") for name in ("population", "state", "light", "q")))
    wanted = wanted if not wanted.population or wanted.population in Population.values else queries.Wanted()
    page = page_of(queries.subject_rows(request.actor, wanted, on=today()), request)
    told = {
        "page": page, "lines": lines(page.rows, on=today()), "given": given, "populations": Population.choices, "states": STATES,
        "lights": Light.choices, "on": today(),
    }  # fmt: skip
    return render(request, "resumption/subjects.html", told)


@door("resumption.see")
def subject(request: ActingRequest, subject_id: int) -> HttpResponse:
    """One subject: both axes, what stands against resuming, and all that was ordered."""
    one = subject_for(subject_id, request.actor)
    given = {
        "subject": one, "line": lines([one], on=today())[0], "against": queries.why_not_resume(one, today()), "on": today(),
        "stops": stop_orders_of(one.pk)[:50], "lamps": lamps_of(one.pk)[:50],
        "arrivals": arrivals_visible_to(request.actor).filter(subject=one).order_by("-arrived_on", "-pk")[:50],
    }  # fmt: skip
    return render(request, "resumption/subject.html", given)


@door("resumption.control")
def light(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Set the control light."""
    one, back = subject_for(subject_id, request.actor), f"/resumption/subjects/{subject_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.set_light(subject_id, told["light"], told["why"], by=request.actor, now=clock.now(), evidence_id=told["evidence"])
        return back

    return carried_out(request, forms.LightForm(request.POST or None), Doing(_("设定防控灯"), act, _("设定"), back, one.name))


@door("resumption.control")
def lift(request: ActingRequest, halt_id: int) -> HttpResponse:
    """Lift a stop order."""
    order = stop_for(halt_id, request.actor)
    back = f"/resumption/subjects/{order.subject_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.lift_stop(halt_id, told["reason"], told["light"], by=request.actor, now=clock.now())
        return back

    doing = Doing(_("解除停工令"), act, _("解除"), back, f"{order.subject.name}：{order.reason}")
    return carried_out(request, forms.LiftForm(request.POST or None), doing)


@door("resumption.see")
def quality(request: ActingRequest) -> HttpResponse:
    """Who is above 100 %, with cause."""
    page = page_of_rows(queries.doubtful(request.actor, on=today()), request)
    return render(request, "resumption/quality.html", {"page": page, "on": today()})


@door("resumption.report")
def explain(request: ActingRequest, subject_id: int) -> HttpResponse:
    """Explain numbers above 100 %."""
    one, back = subject_for(subject_id, request.actor), "/resumption/quality/"

    def act(told: dict[str, Any]) -> str:
        actions.explain_excess(subject_id, told["cause"], told["text"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, forms.ExplainForm(request.POST or None), Doing(_("说明超基数"), act, _("保存"), back, one.name))


@door("resumption.see")
def denominators(request: ActingRequest) -> HttpResponse:
    """Every frozen denominator with its versions."""
    page = page_of(denominators_visible_to(request.actor).order_by("-set_at", "-pk"), request)
    return render(request, "resumption/denominators.html", {"page": page})


@door("resumption.control")
def freeze(request: ActingRequest) -> HttpResponse:
    """Freeze a denominator."""
    back = "/resumption/denominators/"

    def act(told: dict[str, Any]) -> str:
        counted = (told["population"], told["variant"])
        actions.freeze_denominator(
            told["unit"].pk, counted, told["base_on"], by=request.actor, now=clock.now(), reason=told["reason"]
        )
        return back

    form = forms.FreezeForm(request.POST or None, actor=request.actor, initial={"base_on": today()})
    return carried_out(request, form, Doing(_("固定分母"), act, _("固定"), back))
