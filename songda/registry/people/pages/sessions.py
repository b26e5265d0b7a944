"""Open sessions 我的登录: where and on what the own account is signed in, and ending it there; the same for who keeps the accounts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.steps import attempt, back_of
from songda.registry.people import actions, queries
from songda.registry.people.access import account_for, sessions_visible_to
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def own(request: ActingRequest) -> HttpResponse:
    """My open sessions; this one is marked."""
    sessions = sessions_visible_to(request.actor, clock.now()).filter(account=request.actor.account_id)
    page = page_of(sessions.order_by("-seen_at", "-session_key"), request)
    return render(request, "people/sessions.html", {"page": page, "present": queries.present_session(request)})


@require_POST
@door(SIGNED_IN)
def end(request: ActingRequest, session_digest: str) -> HttpResponse:
    """End one; ending this one is signing out."""
    if session_digest == queries.present_session(request):
        actions.sign_out(request, now=clock.now())
        return redirect("/sign-in/")
    actions.end_session(session_digest, by=request.actor, now=clock.now())
    messages.success(request, _("已结束这次登录，那台设备上不能再办理。"))
    return redirect(back_of(request, "/sessions/"))


@require_POST
@door(SIGNED_IN)
def end_others(request: ActingRequest) -> HttpResponse:
    """End all but this one."""
    present, account_id = queries.present_session(request), request.actor.account_id or 0
    return attempt(
        request,
        lambda: actions.end_sessions(account_id, by=request.actor, now=clock.now(), keep=present),
        "/sessions/",
        _("其他登录已全部结束。"),
    )


@door("people.edit")
def of_account(request: ActingRequest, account_id: int) -> HttpResponse:
    """The open sessions of an account."""
    account = account_for(account_id, request.actor)
    sessions = sessions_visible_to(request.actor, clock.now()).filter(account=account)
    page = page_of(sessions.order_by("-seen_at", "-session_key"), request)
    context = {"page": page, "account": account, "present": queries.present_session(request)}
    return render(request, "people/sessions.html", context)


@require_POST
@door("people.edit")
def end_all(request: ActingRequest, account_id: int) -> HttpResponse:
    """End all sessions of an account."""
    present = queries.present_session(request)
    return attempt(
        request,
        lambda: actions.end_sessions(account_id, by=request.actor, now=clock.now(), keep=present),
        f"/people/accounts/{account_id}/sessions/",
        _("此账号的登录已全部结束。"),
    )
