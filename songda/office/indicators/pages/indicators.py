"""Pages of indicators: the list, one with its units and its course, its days, the matrix of scale by sector."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.recall import recalling
from songda.kernel.screens.paging import page_of, page_of_rows
from songda.kernel.screens.steps import attempt
from songda.office.indicators import access, actions, queries
from songda.office.indicators.forms.asking import DaysForm, MomentForm
from songda.office.indicators.rules.charts import chart_of
from songda.office.indicators.states import Counts, Origin
from songda.registry.requests import ActingRequest

SHOWN = dt.timedelta(days=59)  # of a course where no days are asked for
LONGEST = dt.timedelta(days=366)


@door("figures.see")
@recalling()
def indicators(request: ActingRequest) -> HttpResponse:
    """All indicators, with the newest value of a unit."""
    unit = access.unit_seen(request.GET.get("unit", ""), request.actor)
    asked = {name: request.GET.get(name, "") for name in ("q", "counts", "origin", "stability")}
    made = queries.days_made()
    tallies = queries.tallies_of(unit, made[1]) if made else {}
    page = page_of_rows(queries.listed(unit, asked, tallies, as_of=clock.now()), request)
    given = {
        "page": page, "asked": asked, "unit": unit, "units": access.units_seen(request.actor), "counts": Counts.choices,
        "origins": Origin.choices, "stabilities": queries.stabilities(),
        "tally_day": made[1] if made else None,
    }  # fmt: skip
    return render(request, "indicators/indicators.html", given)


@door("figures.see")
@recalling()
def indicator(request: ActingRequest, code: str) -> HttpResponse:
    """One indicator of a unit: definition, value as of T as known at K, units below, second source, the latest days."""
    unit, now = access.unit_seen(request.GET.get("unit", ""), request.actor), clock.now()
    form = MomentForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    within = access.covers(unit, request.actor)
    board = queries.board(code, unit, as_of=told.get("as_of") or now, known_at=told.get("known_at"), broken_down=within)
    made = queries.days_made()
    series = queries.series_of(board.one, unit, first=made[1] - SHOWN, last=made[1]) if made else None
    tallies = queries.tallies_by_unit(board.one, made[1]) if made else {}
    children = [(unit, told, tallies.get(unit.pk, "")) for unit, told in board.below.children] if board.below else []
    given = {
        "tally_day": made[1] if made else None, "children": children, "board": board, "one": board.one, "unit": unit, "form": form, "at": told.get("as_of") or now, "known_at": told.get("known_at"),
        "chart": chart_of(series.days, series.numbers) if series and any(series.numbers) else None, "series": series,
        "units": access.units_seen(request.actor), "page": page_of(queries.told_of(code, unit), request, 10),
        "computes": within and access.may_edit(request.actor) and board.one.origin == Origin.COMPUTED,
    }  # fmt: skip
    return render(request, "indicators/indicator.html", given)


@door("figures.edit")
@require_POST
def compute(request: ActingRequest, code: str) -> HttpResponse:
    """Compute it for a unit as of now, and keep the value."""
    unit, now = access.unit_seen(request.GET.get("unit", ""), request.actor), clock.now()
    home = f"{reverse('indicators:indicator', args=[code])}?unit={unit.code}"
    return attempt(
        request, lambda: actions.compute_value(code, unit.pk, as_of=now, by=request.actor, now=now), home, _("已计算并存值。")
    )


@door("figures.see")
@recalling()
def days(request: ActingRequest, code: str) -> HttpResponse:
    """Its tallies by day, a cell or the whole; each number opens its rows."""
    unit, made = access.unit_seen(request.GET.get("unit", ""), request.actor), queries.days_made()
    form, cell, one = DaysForm(request.GET), request.GET.get("cell", ""), queries.definition(code)
    told = form.cleaned_data if form.is_valid() else {}
    last = told.get("last") or (made[1] if made else clock.day_of(clock.now()))
    first = max(told.get("first") or last - SHOWN, last - LONGEST)
    series = queries.series_of(one, unit, first=first, last=last, cell=cell)
    given = {
        "one": one, "unit": unit, "form": DaysForm(initial={"first": first, "last": last}), "cell": cell,
        "cell_label": queries.cell_label(one, cell), "cells": queries.cells_of(one, unit, last), "first": first, "last": last,
        "chart": chart_of(series.days, series.numbers) if series.days else None, "page": page_of_rows(series.table, request, 31),
        "units": access.units_seen(request.actor),
    }  # fmt: skip
    return render(request, "indicators/days.html", given)


@door("figures.see")
@recalling()
def matrix(request: ActingRequest) -> HttpResponse:
    """Scale by sector: every area of the unit and its cells, as the tallies of a day say."""
    unit, made = access.unit_seen(request.GET.get("unit", ""), request.actor), queries.days_made()
    form = DaysForm(request.GET)
    asked = form.cleaned_data.get("last") if form.is_valid() else None
    if not access.covers(unit, request.actor):
        return redirect(reverse("indicators:matrix"))
    day = asked or (made[1] if made else clock.day_of(clock.now()))
    given = {
        "table": queries.matrix(unit, day),
        "unit": unit,
        "day": day,
        "units": access.units_seen(request.actor),
        "form": DaysForm(initial={"last": day}),
    }
    return render(request, "indicators/matrix.html", given)
