"""Pages of letters: the list, a new one, one with its copies, printing, answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.briefings import actions, queries
from songda.deliveries.policy.briefings.access import copy_for, letter_for, letters_visible_to
from songda.deliveries.policy.briefings.actions import NewLetter
from songda.deliveries.policy.briefings.forms import explaining as forms
from songda.deliveries.policy.briefings.pages.sessions import HERE, attached
from songda.deliveries.policy.briefings.states import LETTER
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.ledger.notices.states import DELIVERY
from songda.registry.requests import ActingRequest

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def at(letter_id: int) -> str:
    """The page of one letter."""
    return f"{HERE}letters/{letter_id}/"


@door("push.see")
def letters(request: ActingRequest) -> HttpResponse:
    """Letters in sight."""
    page = page_of(letters_visible_to(request.actor).order_by("-pk"), request)
    return render(request, "briefings/letters.html", {"page": page, "states": LETTER.states})


@door("push.send")
def new(request: ActingRequest) -> HttpResponse:
    """Draft a letter."""

    def act(told: dict[str, Any]) -> str:
        letter = NewLetter(
            told["title"], told["body"], told["audience"], told["area_path"], told["signer"],
            told["version"].pk if told["version"] else None, told["rule"], told["channels"], settings.DEMONSTRATION,
        )  # fmt: skip
        return at(actions.write_letter(letter, by=request.actor, now=clock.now()).pk)

    form = forms.LetterForm(request.POST or None, actor=request.actor, initial=request.GET.dict())
    return carried_out(request, form, Doing(_("起草主动去信"), act, _("保存草稿"), f"{HERE}letters/"))


@door("push.see")
def letter(request: ActingRequest, letter_id: int) -> HttpResponse:
    """One letter: for a draft whom it would go to and an example; for one that was sent, its copies and what came of them."""
    one, today = letter_for(letter_id, request.actor), clock.day_of(clock.now())
    context: dict[str, object] = {"letter": one, "states": LETTER.states, "delivery_states": DELIVERY.states}
    if one.state == "draft":
        firms = queries.audience_of(one, request.actor, on=today)
        context |= {"firms": len(firms), "example": queries.texts_for(one, firms[:1], on=today)}
        return render(request, "briefings/letter.html", context)
    page = page_of(queries.copies_of(one, request.actor, nowhere=request.GET.get("nowhere") == "yes"), request)
    sent = queries.states_by_firm(one, [copy.subject_id for copy in page.rows])
    lines = [(copy, sent.get(copy.subject_id, [])) for copy in page.rows]
    context |= {"page": page, "lines": lines, "outcome": queries.outcome_of(one, request.actor)}
    return render(request, "briefings/letter.html", context)


@require_POST
@door("push.send")
def send(request: ActingRequest, letter_id: int) -> HttpResponse:
    """Send it."""
    return attempt(
        request, lambda: actions.send_letter(letter_id, by=request.actor, now=clock.now()), at(letter_id), _("已寄发。")
    )


@require_POST
@door("push.send")
def print_copies(request: ActingRequest, letter_id: int) -> HttpResponse:
    """The next copies as PDF or Word."""
    word, nowhere = request.POST.get("as") == "docx", request.POST.get("which") != "all"
    data = actions.print_letter(letter_id, by=request.actor, now=clock.now(), nowhere=nowhere, word=word)
    return attached(data, f"letter-{letter_id}.{'docx' if word else 'pdf'}", DOCX if word else PDF)


@door("push.see")
def answer(request: ActingRequest, copy_id: int) -> HttpResponse:
    """Take a firm's answer down."""
    copy = copy_for(copy_id, request.actor)

    def act(told: dict[str, Any]) -> str:
        actions.answer_letter(copy_id, told["text"], by=request.actor, now=clock.now(), is_question=told["is_question"])
        return at(copy.letter_id)

    form = forms.LetterAnswerForm(request.POST or None)
    return carried_out(request, form, Doing(_("登记企业回复"), act, _("登记"), at(copy.letter_id), copy.subject.name))
