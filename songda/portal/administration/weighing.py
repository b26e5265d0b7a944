"""Weighing 权衡 edits before they are made: what they come to, shown with the question for the reason, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.errors import Invalid
from songda.kernel.screens.refusals import show_refusal
from songda.portal.administration import proposals, viewing
from songda.portal.administration.forms.calendar import ReasonForm
from songda.portal.administration.forms.entry import EntryForm
from songda.portal.administration.months import days_of
from songda.portal.packs.changing import Prospect, prospect
from songda.portal.packs.editing import Edit
from songda.portal.packs.entries import by_name
from songda.portal.packs.reading import spell
from songda.registry.requests import ActingRequest


def weighed(request: ActingRequest, form: EntryForm, section: str, edits: Sequence[Edit], place: str) -> HttpResponse | None:
    """The page of what edits come to; None where something is wrong with them, which then stands on the form."""
    try:
        found = prospect(section, edits, by=request.actor, now=clock.now())
    except Invalid as refusal:
        show_refusal(form, refusal)
        return None
    if found.problems:
        form.show_problems(found.problems, found.laid.file, place or place_of(found, edits[0].name))
        return None
    return difference(request, section, edits, found)


def weighing(request: ActingRequest, section: str, edits: Sequence[Edit], unused: Sequence[str] = ()) -> HttpResponse:
    """The page of what edits come to, asked for by a button; what is wrong is a refusal."""
    found = prospect(section, edits, by=request.actor, now=clock.now())
    if found.problems:
        raise Invalid(
            _("这样改，活动包有 %(n)d 处问题。") % {"n": len(found.problems)}, advice=" ".join(map(str, found.problems[:5]))
        )
    return difference(request, section, edits, found, unused)


def place_of(found: Prospect, name: str) -> str:
    """Where a new entry stands in its file."""
    entry = by_name(found.laid.after).get(name) if found.laid.after else None
    return spell(entry.where) if entry else ""


def difference(
    request: ActingRequest, section: str, edits: Sequence[Edit], found: Prospect, unused: Sequence[str] = ()
) -> HttpResponse:
    """Before and after, the rows that will change, and the question for the reason."""
    form = ReasonForm(initial={"proposal": proposals.sealed(section, edits, request.actor)})
    changes = [(one.entry, viewing.compared(one.before, one.after)) for one in found.laid.changes]
    context = {"section": found.laid.section, "found": found, "changes": changes, "form": form, "unused": unused}
    if section == "calendar":
        context["days"] = days_of(found.laid.changes)
    return render(request, "administration/difference.html", context)
