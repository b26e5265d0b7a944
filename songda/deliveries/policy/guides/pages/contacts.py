"""Contact cards: whom to ask, asking, and the desk that keeps them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.guides import access, actions, queries
from songda.deliveries.policy.guides.forms import CardForm, QuestionForm
from songda.deliveries.policy.guides.pages.sheets import area_of, areas_of, today
from songda.deliveries.policy.library.access import edits, looks, version_for, version_to_contact
from songda.deliveries.policy.library.actions import end_contact, give_contact
from songda.deliveries.policy.library.queries import cards_of, contact_for, without_contact
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def contacts(request: ActingRequest) -> HttpResponse:
    """Whom to ask about each measure, by unit; from here a firm takes the green channel."""
    looks(request.actor)
    area, unit = area_of(request), request.GET.get("unit", "")
    found = queries.contacts_listed(request.actor, area, today())
    rows = [one for one in found if not unit or str(one.measure.department_id) == unit]
    given = {
        "page": {"rows": rows, "total": len(rows), "more_than": False, "first": True},
        "units": {one.measure.department_id: one.measure.department for one in found if one.measure.department},
        "unit": unit, "acts": request.actor.may("firm.act"), "area": area, "areas": areas_of(request),
    }  # fmt: skip
    return render(request, "policy_guides/contacts.html", given)


@door("firm.act")
def ask(request: ActingRequest, version_id: int) -> HttpResponse:
    """Ask through a contact card."""
    version, firm = version_for(version_id, request.actor), access.own_firm(request.actor)
    card = contact_for(version.measure, firm.area_path, today())
    form = QuestionForm(request.POST or None, initial={"key": uuid.uuid4().hex})

    def act(told: dict[str, str]) -> str:
        made = actions.ask_through_card(
            version_id,
            form.question(),
            by=request.actor,
            now=clock.now(),
            request_key=f"{request.actor.account_id}-{told['key']}"[:64],
        )
        return f"/cases/{made.pk}/"

    about = f"{card.section} {card.who} {card.phone}" if card else _("这项措施目前没有有效的联系卡。")
    doing = Doing(_("绿色通道：%(title)s") % {"title": version.title}, act, _("提交"), reverse("guides:contacts"), about)
    return carried_out(request, form, doing)


@door("policy.see")
def missing_cards(request: ActingRequest) -> HttpResponse:
    """Published measures without a valid card, by the unit that owes it; a department's post sees its own first."""
    own = request.actor.organisation_id
    rows = sorted(without_contact(request.actor, today()), key=lambda one: one.version.department_id != own)
    page = {"rows": rows, "total": len(rows), "more_than": False, "first": True}
    given = {"page": page, "keeps": request.actor.may("policy.draft"), "edits": edits(request.actor), "own": own}
    return render(request, "policy_guides/missing_cards.html", given)


@door("policy.draft")
def card(request: ActingRequest, version_id: int) -> HttpResponse:
    """Give a measure its card; those it had stand below."""
    version = version_to_contact(version_id, request.actor)
    held = list(cards_of(version.measure))
    form = CardForm(request.POST or None, version=version, last=held[0] if held else None, on=today())
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "post_id": form.cleaned_data["post"].pk if form.cleaned_data["post"] else None}
        try:
            give_contact(version_id, {**said, "demonstration": settings.DEMONSTRATION}, by=request.actor, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("已登记联系卡。"))
            return redirect("guides:card", version_id)
    given = {"form": form, "version": version, "cards": [(one, one.fault_on(today())) for one in held], "submit": _("登记")}
    return render(request, "policy_guides/card.html", given)


@require_POST
@door("policy.draft")
def end_card(request: ActingRequest, version_id: int) -> HttpResponse:
    """End a card today."""
    key = request.POST.get("card", "")
    home = reverse("guides:card", args=[version_id])
    said = _("已停用；明天起该措施列入缺联系人清单。")
    number = int(key) if key.isdecimal() else 0
    return attempt(request, lambda: end_contact(version_id, number, by=request.actor, now=clock.now()), home, said)
