"""Pages of values: one with where it comes from and what it was before, the rows behind it, its explanation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotFound
from songda.kernel.recall import recalling
from songda.kernel.screens.steps import Doing, carried_out
from songda.office.indicators import access, actions, queries
from songda.office.indicators.forms.asking import ExplainForm
from songda.office.indicators.pages.lines import lines_page
from songda.registry.requests import ActingRequest

INSTANT = dt.timedelta(microseconds=1)


@door("figures.see")
@recalling()
def value(request: ActingRequest, value_id: int) -> HttpResponse:
    """One value: number, as-of, scope, source, explanation; what it replaced and what replaced it."""
    row = access.value_for(value_id, request.actor)
    given = {
        "row": row, "told": queries.shown(row), "one": queries.definition_of_value(row), "former": queries.former_of(row),
        "later": getattr(row, "replaced_by", None), "has_rows": queries.has_rows(row),
        "explains": not row.explanation and access.may_explain(request.actor) and not hasattr(row, "replaced_by"),
    }  # fmt: skip
    return render(request, "indicators/value.html", given)


@door("figures.see")
@recalling()
def rows(request: ActingRequest, value_id: int) -> HttpResponse:
    """The rows behind a value that was computed, those in sight."""
    row = access.value_for(value_id, request.actor)
    behind = queries.behind_value(row, request.GET.get("part", ""), request.actor)
    given = {
        "title": queries.shown(row).label,
        "unit": row.organisation,
        "at": row.as_of,
        "value": queries.shown(row),
        "row": row,
    }
    return lines_page(request, behind, given)


@door("figures.see")
@recalling()
def day_rows(request: ActingRequest, code: str) -> HttpResponse:
    """The rows behind a number of a day (or of this moment), of a cell or the whole."""
    unit, one = access.unit_seen(request.GET.get("unit", ""), request.actor), queries.definition(code)
    try:
        day = dt.date.fromisoformat(request.GET.get("day", "")) if request.GET.get("day") else None
    except ValueError as error:
        raise NotFound(_("没有这一天。"), advice=_("日期写作 2020-03-18。")) from error
    at = clock.start_of(day + dt.timedelta(days=1)) - INSTANT if day else clock.now()
    behind = queries.behind_day(one, unit, request.GET.get("cell", ""), as_of=at, actor=request.actor)
    return lines_page(request, behind, {"title": one.label, "unit": unit, "at": at, "cell": request.GET.get("cell", "")})


@door("figures.see")
def explain(request: ActingRequest, value_id: int) -> HttpResponse:
    """Add the explanation that is printed with a value."""
    row, back = access.value_to_explain(value_id, request.actor), reverse("indicators:value", args=[value_id])

    def act(told: dict[str, Any]) -> str:
        actions.explain_value(value_id, told["text"], by=request.actor, now=clock.now())
        return back

    about = f"{queries.shown(row).label} {queries.shown(row).words}"
    return carried_out(request, ExplainForm(request.POST or None), Doing(_("说明这个值"), act, _("保存"), back, about))
