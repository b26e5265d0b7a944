"""Pages of the rulebook: a rule with its versions and cases; and of the editor: check, completion, the form, suggested cases."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.registry.requests import ActingRequest
from songda.registry.rulebook import access, queries
from songda.registry.rulebook.rules.case_lines import lines_of_cases
from songda.registry.rulebook.rules.form_nodes import read_form

MOST_ASKED = 60  # characters of a search


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
    """The text as typed: its canonical print, or where it goes wrong. A fragment for htmx."""
    text, amount_text = request.POST.get("text", ""), request.POST.get("amount_text", "")
    found = queries.checked(text, amount_text) if text.strip() else None
    as_typed = found is not None and (found.text, found.amount_text) == (text.strip(), amount_text.strip())
    return render(request, "rulebook/check.html", {"checked": found, "as_typed": as_typed})


@require_POST
@door("policy.edit")
def suggest(request: ActingRequest) -> HttpResponse:
    """The field of cases with four suggested ones under those typed already. A fragment for htmx."""
    on, typed = clock.day_of(clock.now()), request.POST.get("cases", "").strip()
    found = queries.suggestions(request.POST.get("text", ""), request.POST.get("amount_text", ""), on)
    lines = "\n".join(part for part in (typed, lines_of_cases(found)) if part)
    return render(request, "rulebook/case_field.html", {"lines": lines})


@require_POST
@door("policy.edit")
def complete(request: ActingRequest) -> JsonResponse:
    """What may stand at the caret (`position`, characters) of a text; `start` is condition or amount."""
    asked, position = request.POST.get("text", ""), request.POST.get("position", "")
    start = "amount" if request.POST.get("start") == "amount" else "condition"
    place = int(position) if position.isascii() and position.isdigit() and len(position) < 9 else len(asked)
    return JsonResponse(queries.completed(asked, place, start).as_data())


@require_POST
@door("policy.edit")
def names(request: ActingRequest) -> JsonResponse:
    """Facts by a part of their name, for the fact picker."""
    return JsonResponse(queries.names_like(request.POST.get("asked", "")[:MOST_ASKED]).as_data())


@require_POST
@door("policy.edit")
def codes(request: ActingRequest) -> JsonResponse:
    """Codes of the list that a fact is taken from, for the code picker."""
    asked, fact = (request.POST.get(name, "")[:MOST_ASKED] for name in ("asked", "fact"))
    return JsonResponse(queries.codes_like(asked, fact).as_data())


@require_POST
@door("policy.edit")
def build(request: ActingRequest) -> HttpResponse:
    """The form as a fragment: of `text` (204: no rule, the form stays as it is), or of a posted `form` after the step `do`."""
    posted = request.POST
    if "form" in posted:
        form = queries.form_after(read_form(posted["form"]), *(posted.get(name, "") for name in ("do", "at", "value")))
        return render(request, "rulebook/builder.html", {"form": form})
    found = queries.form_of_text(posted.get("text", ""))
    return render(request, "rulebook/builder.html", {"form": found}) if found else HttpResponse(status=204)
