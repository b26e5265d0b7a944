"""Figures of the ledger at any moment, who finds matters, what comes back again."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render

from songda.kernel import clock
from songda.kernel.doors import door
from songda.ledger.cases import queries
from songda.ledger.cases.forms import AsOfForm
from songda.ledger.cases.queries.figures import Share
from songda.ledger.cases.queries.listing import STATES
from songda.ledger.cases.queries.words import labels
from songda.registry.requests import ActingRequest

BACK = dt.timedelta(days=92)


def by_month(shares: list[Share]) -> list[tuple[dt.date, int, int, list[Share]]]:
    """The latest month first: all matters, those found proactively, and the units."""
    months = sorted({one.month for one in shares}, reverse=True)
    rows = [(month, [one for one in shares if one.month == month]) for month in months]
    return [(month, sum(one.total for one in found), sum(one.proactive for one in found), found) for month, found in rows]


@door("cases.see")
def figures(request: ActingRequest) -> HttpResponse:
    """The counts as of a moment, the proactive share by unit and month, and causes that recur."""
    now = clock.now()
    form = AsOfForm(request.GET or None)
    at = form.moment() or now
    counts = queries.counts_as_of(request.actor, at)
    given = {
        "form": form, "at": at, "counts": counts, "asked": bool(request.GET), "labels": labels(),
        "states": [(label, counts.by_state[state]) for state, label in STATES.items() if counts.by_state.get(state)],
        "months": by_month(queries.origin_shares(request.actor, clock.day_of(at - BACK), clock.day_of(at))),
        "recurrences": queries.recurrences(request.actor, since=at - BACK)[:20],
        "groups": [(one, queries.effect_of(one, on=clock.day_of(now))) for one in queries.groups_of(request.actor)[:20]],
    }  # fmt: skip
    return render(request, "cases/figures.html", given)
