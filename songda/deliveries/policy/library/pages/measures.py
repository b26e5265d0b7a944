"""Pages of measures: list and record."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.deliveries.policy.library import access, queries
from songda.deliveries.policy.library.states import MEASURE, MeasureKind
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.registry.requests import ActingRequest
from songda.registry.rulebook import queries as rulebook


@door("policy.see")
def measures(request: ActingRequest) -> HttpResponse:
    """Measures by state, kind, class and department, newest first; the two kinds counted apart (POL-19)."""
    asked = {name: request.GET.get(name, "") for name in ("state", "kind", "measure_class", "category", "department", "q")}
    rows = queries.measures_asked(access.measures_visible_to(request.actor), asked)
    labels = queries.class_labels()
    counts = queries.counts_by_class(rows)
    given = {
        "page": page_of(rows.select_related("department", "measure").order_by("-pk"), request),
        "kinds": queries.counts_by_kind(rows),
        "states": MEASURE.states,
        "kind_choices": MeasureKind.choices,
        "departments": queries.departments_in(access.measures_visible_to(request.actor)),
        "classes": labels,
        "categories": queries.category_labels(),
        "by_class": [(labels.get(code, code), count) for code, count in sorted(counts.items()) if code],
        "distinct": sum(counts.values()),
        "asked": asked,
    }
    return render(request, "policy_library/measures.html", given)


@door("policy.see")
def measure(request: ActingRequest, version_id: int) -> HttpResponse:
    """One version: what, who, how much, until when, papers, sources, versions, and what may be done with it."""
    version, today = access.version_for(version_id, request.actor), clock.day_of(clock.now())
    given = {
        "version": version,
        "states": MEASURE.states,
        "sources": version.sources.select_related("article__document"),
        "conditions": version.open_conditions.all(),
        "versions": [
            one for one in queries.versions_of(version) if one.state in access.PUBLIC_STATES or access.edits(request.actor)
        ],
        "marks": queries.marks_for_measure(version),
        "difference": queries.difference_of(version) if access.edits(request.actor) else None,
        "opening": queries.may_apply(version, today),
        "owed": queries.open_assignment(version),
        "lacks": queries.lacks(version) if version.state in ("draft", "reviewed") else {},
        "steps": {step.name for step in MEASURE.steps if version.state in step.sources and request.actor.may(step.permission)},
        "class_label": queries.class_labels().get(version.measure_class, version.measure_class),
    }
    return render(request, "policy_library/measure.html", given | rulebook.shown(version.rule_version))
