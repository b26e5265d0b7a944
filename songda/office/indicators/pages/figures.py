"""Pages of figures: the list, the evidence of one figure, the report of checks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.office.indicators import access, queries
from songda.office.indicators.states import CheckClass, FigureKind, Outcome
from songda.registry.requests import ActingRequest


@door("figures.see")
def figures(request: ActingRequest) -> HttpResponse:
    """Figures in effect by text, kind, flag and words; what is rhetoric is listed apart."""
    asked = {name: request.GET.get(name, "") for name in ("text", "kind", "flag", "indicator", "q")}
    visible = access.visible_to(request.actor)
    page = page_of(queries.figures_asked(visible, asked), request)
    given = {
        "page": page,
        "lines": queries.lines_of(page.rows, visible),
        "asked": asked,
        "rhetorical": asked["kind"] == FigureKind.RHETORICAL,
        **queries.choices(visible),
    }
    return render(request, "indicators/figures.html", given)


@door("figures.see")
def figure(request: ActingRequest, code: str) -> HttpResponse:
    """The evidence of one figure."""
    evidence = queries.evidence_of(access.observation_for(code, request.actor), request.actor)
    return render(request, "indicators/figure.html", {"evidence": evidence, "row": evidence.row})


@door("figures.see")
def checks(request: ActingRequest) -> HttpResponse:
    """The report: counts by class, and the checks behind them."""
    asked = {name: request.GET.get(name, "") for name in ("class", "outcome", "unexpected")}
    page = page_of(queries.checks_asked(request.actor, asked), request)
    given = {
        "page": page,
        "tried": queries.spelled_page(page.rows, request.actor),
        "report": queries.check_report(request.actor),
        "asked": asked,
        "asked_class": asked["class"],
        "classes": CheckClass.choices,
        "outcomes": Outcome.choices,
    }
    return render(request, "indicators/checks.html", given)
