"""Pages of the rulebook: a rule with its versions and cases, and the live check of a text being typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.registry.requests import ActingRequest
from songda.registry.rulebook import access, queries
from songda.registry.rulebook.rules.case_lines import lines_of_cases


@door("policy.see")
def rule(request: ActingRequest, code: str) -> HttpResponse:
    """A rule: its newest version as text and tree, its cases, and every version with what changed."""
    found = access.rule_for(code, request.actor)
    versions = queries.versions_of(found)
    newest = versions[0][0] if versions else None
    return render(request, "rulebook/rule.html", {"rule": found, "versions": versions} | queries.shown(newest))


@require_POST
@door("policy.edit")
def check(request: ActingRequest) -> HttpResponse:
    """The text as typed: its canonical print and tree, or where it goes wrong. A fragment for htmx."""
    text, amount_text = request.POST.get("text", ""), request.POST.get("amount_text", "")
    return render(request, "rulebook/check.html", {"checked": queries.checked(text, amount_text) if text.strip() else None})


@require_POST
@door("policy.edit")
def suggest(request: ActingRequest) -> HttpResponse:
    """The field of cases with four suggested ones under those typed already. A fragment for htmx."""
    on, typed = clock.day_of(clock.now()), request.POST.get("cases", "").strip()
    found = queries.suggestions(request.POST.get("text", ""), request.POST.get("amount_text", ""), on)
    lines = "\n".join(part for part in (typed, lines_of_cases(found)) if part)
    return render(request, "rulebook/case_field.html", {"lines": lines})
