"""The firm's pages: texts that wait for it, one package to read and sign, what it has signed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.receipts import actions, queries
from songda.deliveries.policy.receipts.access import handout_for
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import NotPermitted
from songda.kernel.screens.steps import attempt
from songda.registry.requests import ActingRequest

SHOWN = 50


@door("firm.read")
def own(request: ActingRequest) -> HttpResponse:
    """What waits to be signed, and what has been."""
    subject_id = firm_of(request)
    given = {
        "waiting": queries.handouts_of_firm(request.actor)[:SHOWN],
        "receipts": queries.receipts_of(subject_id)[:SHOWN],
    }
    return render(request, "policy_receipts/own.html", given)


@door("firm.read")
def own_handout(request: ActingRequest, handout_id: int) -> HttpResponse:
    """One package with its texts, and the button."""
    subject_id = firm_of(request)
    one = handout_for(handout_id, request.actor)
    receipt = queries.receipts_of(subject_id).filter(recipient__handout=one).first()
    given = {"handout": one, "items": one.items.select_related("document", "version"), "receipt": receipt}
    return render(request, "policy_receipts/own_handout.html", given)


@require_POST
@door("firm.act")
def confirm(request: ActingRequest, handout_id: int) -> HttpResponse:
    """我已收到."""
    home = f"/policy/receipts/own/{handout_id}/"
    return attempt(request, lambda: actions.confirm_receipt(handout_id, by=request.actor, now=clock.now()), home, _("已签收。"))


def firm_of(request: ActingRequest) -> int:
    """The firm the post acts for."""
    if request.actor.subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    return request.actor.subject_id
