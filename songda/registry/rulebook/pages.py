"""Pages of the rulebook: a rule with its versions and cases, and the live check of a text being typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from songda.kernel.doors import door
from songda.registry.requests import ActingRequest
from songda.registry.rulebook import access, queries


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
