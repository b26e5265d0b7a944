"""The firm's own pages: briefings to register for, explanations to confirm, questions and answers, letters."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.briefings import actions, queries
from songda.deliveries.policy.briefings.access import briefing_for, copies_visible_to, explanations_visible_to, own_subject
from songda.deliveries.policy.briefings.forms.explaining import LetterAnswerForm
from songda.deliveries.policy.briefings.forms.sessions import OwnAskForm
from songda.deliveries.policy.briefings.pages.explaining import whole_numbers
from songda.deliveries.policy.briefings.states import BRIEFING
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.registry.requests import ActingRequest

HERE = "/policy/briefings/own/"
SHOWN = 20


@door("firm.read")
def own(request: ActingRequest) -> HttpResponse:
    """Everything of this room that is the firm's."""
    subject_id, now = own_subject(request.actor), clock.now()
    found = list(queries.briefings_listed(request.actor)[:SHOWN])
    places = queries.own_registrations(subject_id, [one.pk for one in found])
    figures = queries.figures_of([one.pk for one in found])
    context = {
        "briefings": [
            {
                "one": one,
                "place": places.get(one.pk),
                "left": None if one.capacity is None else one.capacity - figures[one.pk].registered,
                "doors": queries.doors_open(one, now),
                "open": one.state == "open" and now <= one.ends_at,
            }
            for one in found
        ],
        "states": BRIEFING.states,
        "waiting": explanations_visible_to(request.actor).filter(confirmed_at=None).order_by("-pk")[:SHOWN],
        "questions": queries.questions_listed(request.actor)[:SHOWN],
        "letters": copies_visible_to(request.actor).order_by("-pk")[:SHOWN],
    }
    return render(request, "briefings/own.html", context)


@door("firm.read")
def briefing(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """One briefing as the firm sees it."""
    one = briefing_for(briefing_id, request.actor)
    context = {
        "briefing": one,
        "states": BRIEFING.states,
        "place": queries.own_registrations(own_subject(request.actor), [one.pk]).get(one.pk),
        "doors": queries.doors_open(one, clock.now()),
        "topics": one.topics.select_related("version", "document").order_by("pk"),
        "materials": one.materials.filter(evidence__set_aside_at=None).select_related("evidence").order_by("pk"),
        "questions": queries.questions_listed(request.actor).filter(briefing=one),
        "open": one.state == "open" and clock.now() <= one.ends_at,
    }
    return render(request, "briefings/own_briefing.html", context)


@require_POST
@door("firm.act")
def register(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Take a place."""
    attendee = request.POST.get("attendee", "")
    return attempt(
        request, lambda: actions.register(briefing_id, by=request.actor, now=clock.now(), attendee=attendee), HERE, _("已报名。")
    )


@require_POST
@door("firm.act")
def cancel(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Give the place back."""
    return attempt(
        request, lambda: actions.cancel_registration(briefing_id, by=request.actor, now=clock.now()), HERE, _("已取消报名。")
    )


@require_POST
@door("firm.read")
def join(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Go in."""
    return redirect(actions.join_briefing(briefing_id, by=request.actor, now=clock.now()))


@require_POST
@door("firm.read")
def replay(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Watch it afterwards."""
    return redirect(actions.watch_replay(briefing_id, by=request.actor, now=clock.now()))


@door("firm.act")
def ask(request: ActingRequest, briefing_id: int) -> HttpResponse:
    """Ask a question."""
    one, back = briefing_for(briefing_id, request.actor), f"{HERE}{briefing_id}/"

    def act(told: dict[str, Any]) -> str:
        actions.ask(briefing_id, told["text"], by=request.actor, now=clock.now())
        return back

    return carried_out(request, OwnAskForm(request.POST or None), Doing(_("提问"), act, _("提交"), back, one.title))


@require_POST
@door("firm.act")
def confirm(request: ActingRequest) -> HttpResponse:
    """Say that it was explained."""
    keys = whole_numbers(request.POST.getlist("explanation"))
    return attempt(request, lambda: actions.confirm_explanations(keys, by=request.actor, now=clock.now()), HERE, _("已确认。"))


@door("firm.read")
def letter(request: ActingRequest, copy_id: int) -> HttpResponse:
    """Read a letter and answer it."""
    copy = actions.open_letter(copy_id, by=request.actor, now=clock.now())

    def act(told: dict[str, Any]) -> str:
        actions.answer_letter(copy_id, told["text"], by=request.actor, now=clock.now(), is_question=told["is_question"])
        return f"{HERE}letters/{copy_id}/"

    form = LetterAnswerForm(request.POST or None)
    if request.method == "POST":
        return carried_out(request, form, Doing(copy.letter.title, act, _("回复"), f"{HERE}letters/{copy_id}/"))
    return render(request, "briefings/own_letter.html", {"copy": copy, "form": form, "submit": _("回复")})
