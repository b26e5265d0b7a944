"""Declining bulk messages 退订: the firm's page of its addresses, and the button under a message."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.deliveries.policy.push import actions
from songda.kernel import clock
from songda.kernel.doors import PUBLIC, door
from songda.kernel.errors import NotPermitted
from songda.kernel.screens.steps import attempt
from songda.registry.people import actions as people
from songda.registry.people.queries import contacts_of
from songda.registry.requests import ActingRequest

HOME = "/firm/messages/"


@door("firm.read")
def own_contacts(request: ActingRequest) -> HttpResponse:
    """Where the firm is told things, and whether bulk messages go there."""
    if request.actor.subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    return render(request, "policy_push/own_contacts.html", {"contacts": contacts_of(request.actor.subject_id)})


@require_POST
@door("firm.act")
def decline(request: ActingRequest, contact_id: int) -> HttpResponse:
    """No more bulk messages there."""
    return attempt(request, lambda: people.decline_bulk(contact_id, by=request.actor, now=clock.now()), HOME, _("已退订。"))


@require_POST
@door("firm.act")
def accept(request: ActingRequest, contact_id: int) -> HttpResponse:
    """Bulk messages come there again."""
    return attempt(request, lambda: people.accept_bulk(contact_id, by=request.actor, now=clock.now()), HOME, _("已恢复接收。"))


@require_POST
@door(PUBLIC)
def decline_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the message itself."""
    actions.decline_by_link(token, now=clock.now())
    messages.success(request, _("已退订：此后不再向该联系方式发送批量推送，紧急通知仍会送达。"))
    return redirect("firm:landing", token)
