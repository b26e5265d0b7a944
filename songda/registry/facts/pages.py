"""Pages of the room: a subject's record with its facts, one fact's history, and the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.recall import recalling
from songda.registry.facts import actions, queries
from songda.registry.facts.forms import RevealForm
from songda.registry.facts.queries import Printed
from songda.registry.requests import ActingRequest
from songda.registry.subjects import queries as subjects
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


@door("subjects.see")
@recalling()
def record(request: ActingRequest, subject_id: int) -> HttpResponse:
    """One subject: identity, names, parks, and what is known of it with day, source and whether it has gone stale.

    What the catalogue could also hold but nobody has told (of 900 entries all but forty or so) is shown on `?all=yes`.
    """
    standing = subjects.present_id(subject_id)
    if standing != subject_id:
        return redirect(f"/subjects/{standing}/")
    subject, today = subject_for(subject_id, request.actor), clock.day_of(clock.now())
    return shown(request, subject, queries.printed_facts(subject_id, on=today), today)


@require_POST
@door("facts.personal")
@recalling()
def reveal(request: ActingRequest, subject_id: int) -> HttpResponse:
    """The same record with the personal facts in clear, once, on a reason that the trail keeps."""
    subject, now = subject_for(subject_id, request.actor), clock.now()
    today = clock.day_of(now)
    told = actions.reveal_facts(subject_id, reason=request.POST.get("reason", ""), on=today, by=request.actor, now=now)
    return shown(request, subject, told, today)


@door("subjects.see")
def history(request: ActingRequest, subject_id: int, code: str) -> HttpResponse:
    """Every row of one fact: what was told, from when, by which source, what was withdrawn. Personal values stay masked."""
    subject = subject_for(subject_id, request.actor)
    lines = queries.history_in_words(subject.pk, code)
    return render(request, "facts/history.html", {"subject": subject, "history": lines})


@door("facts.edit")
def catalogue(request: ActingRequest) -> HttpResponse:
    """Every fact there is: kind, unit, owner, how long it stays fresh."""
    return render(request, "facts/catalogue.html", {"facts": queries.definitions().values()})


def shown(request: ActingRequest, subject: Subject, facts: Sequence[Printed], today: dt.date) -> HttpResponse:
    """The record with these facts."""
    known, whole = [one for one in facts if one.value or one.masked], request.GET.get("all") == "yes"
    given = {
        "subject": subject,
        "address": f"/subjects/{subject.pk}/",
        "row": subjects.shown([subject])[0],
        "facts": facts if whole else known,
        "whole": whole,
        "known": len(known),
        "total": len(facts),
        "aliases": subjects.aliases_of(subject),
        "parks": subjects.parks_of(subject),
        "warning": queries.scale_warning(subject, on=today),
        "reveal": RevealForm() if any(one.masked for one in facts) else None,
        "today": today,
    }
    return render(request, "facts/record.html", given)
