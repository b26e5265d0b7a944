"""The firm's own page of visits: who wants to come when, and its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.service.visits import actions, queries
from songda.deliveries.service.visits.access import plans_visible_to, productions_visible_to
from songda.deliveries.service.visits.forms import AnswerForm
from songda.deliveries.service.visits.rules.budget import BUDGET
from songda.deliveries.service.visits.states import COMING
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid
from songda.registry.requests import ActingRequest

SHOWN = 40


@door("firm.read")
def bookings(request: ActingRequest) -> HttpResponse:
    """What the firm is asked, what is agreed, and who has been here."""
    firm_id = request.actor.subject_id or 0
    stops = list(queries.bookings_of(request.actor)[:SHOWN])
    given = {
        "asked": [one for one in stops if one.visit.state in COMING and one.reply == "asked"],
        "coming": [one for one in stops if one.visit.state in COMING and one.reply in ("accepted", "moved")],
        "past": [one for one in stops if one.visit.state not in COMING or one.reply in ("declined", "merged")],
        "budget": BUDGET,
        **queries.officer_card(firm_id, on=clock.day_of(clock.now())),
        "plan": plans_visible_to(request.actor).filter(state="active").first(),
        "productions": productions_visible_to(request.actor).order_by("product"),
    }
    return render(request, "service_visits/bookings.html", given)


@require_POST
@door("firm.act")
def answer(request: ActingRequest, stop_id: int) -> HttpResponse:
    """Accept, decline without a reason, or name another time."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("请选择同意、谢绝或另约时间。"), advice=_("另约时间的，请选一个日期和时间。"))
    stop = actions.answer_visit(stop_id, form.answer(), by=request.actor, now=clock.now())
    messages.info(request, _("已答复：%(reply)s。") % {"reply": stop.get_reply_display()})
    return redirect("visits:bookings")
