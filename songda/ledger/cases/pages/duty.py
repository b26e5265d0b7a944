"""What waits for somebody: alerts to acknowledge, matters asked of one's unit, matters nobody took; loads; the printed sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.screens.paging import page_of
from songda.ledger.cases import actions, queries
from songda.ledger.cases.access import check_looks
from songda.ledger.cases.forms import AlertForm
from songda.ledger.cases.queries.listing import STATES
from songda.ledger.cases.queries.words import labels
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def alerts(request: ActingRequest) -> HttpResponse:
    """What the ladder told this post or its unit, not acknowledged yet."""
    check_looks(request.actor)
    page = page_of(queries.alerts_for(request.actor).select_related("case__subject"), request)
    return render(request, "cases/alerts.html", {"page": page, "rows": queries.rungs_of(page.rows), "form": AlertForm()})


@require_POST
@door(SIGNED_IN)
def answer_alert(request: ActingRequest, alert_id: int) -> HttpResponse:
    """Acknowledge one."""
    form = AlertForm(request.POST)
    form.is_valid()
    found = actions.answer_alert(alert_id, form.cleaned_data.get("answer", ""), by=request.actor, now=clock.now())
    messages.info(request, _("已签收。"))
    return redirect(f"/cases/{found.case_id}/")


@door(SIGNED_IN)
def sheet(request: ActingRequest, alert_id: int) -> HttpResponse:
    """The supervision sheet 督办单 of an alert, to print."""
    return render(request, "cases/sheet.html", queries.sheet_of(alert_id, request.actor))


@door(SIGNED_IN)
def asked(request: ActingRequest) -> HttpResponse:
    """What this unit was asked and has not answered."""
    check_looks(request.actor)
    page = page_of(queries.asked_of(request.actor).select_related("case__subject", "case__kind"), request)
    return render(request, "cases/asked.html", {"page": page, "now": clock.now()})


@door("cases.assign")
def untaken(request: ActingRequest) -> HttpResponse:
    """Matters that nobody has taken although a clock for it has run out."""
    now = clock.now()
    found = queries.unanswered(request.actor, now=now).select_related("kind", "subject", "lead", "holder__person")
    page = page_of(found, request)
    given = {"page": page, "rows": queries.rows_of(page.rows, now=now, categories=labels().categories), "states": STATES}
    return render(request, "cases/untaken.html", given)


@door("cases.see")
def loads(request: ActingRequest) -> HttpResponse:
    """What each post holds, the heaviest first."""
    now = clock.now()
    return render(request, "cases/loads.html", {"loads": queries.load_of_posts(request.actor, now=now), "now": now})
