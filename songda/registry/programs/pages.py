"""A post's own tokens, and everybody's for the security administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import back_of
from songda.registry.programs import access, actions, queries, rules
from songda.registry.programs.forms import TokenForm
from songda.registry.requests import ActingRequest


@door(SIGNED_IN)
def tokens(request: ActingRequest) -> HttpResponse:
    """The post's own tokens."""
    past = request.GET.get("past") == "yes"
    rows = queries.listed(access.own(request.actor), on=clock.day_of(clock.now()), past=past)
    shown = {"page": page_of(rows, request), "past": past, "offered": rules.open_to(request.actor.permissions)}
    return render(request, "programs/tokens.html", shown)


@door(SIGNED_IN)
def new_token(request: ActingRequest) -> HttpResponse:
    """Make one; its text is shown in the answer, and never again."""
    now = clock.now()
    form = TokenForm(request.POST or None, actor=request.actor, today=clock.day_of(now))
    if form.is_valid():
        try:
            made = actions.make_token(actions.Given(**form.cleaned_data), by=request.actor, now=now)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            answer = render(request, "programs/made.html", {"made": made})
            answer["Cache-Control"] = "no-store"
            return answer
    return render(request, "programs/new_token.html", {"form": form})


@require_POST
@door(SIGNED_IN)
def revoke(request: ActingRequest, token_id: int) -> HttpResponse:
    """End one."""
    token = actions.revoke_token(token_id, by=request.actor, now=clock.now())
    messages.success(request, _("令牌“%(name)s”已停用。") % {"name": token.name})
    return redirect(back_of(request, "/tokens/"))


@door(access.EVERYBODYS)
def everybodys(request: ActingRequest) -> HttpResponse:
    """All tokens of the territory, for the security administrator."""
    past = request.GET.get("past") == "yes"
    rows = queries.listed(access.visible_to(request.actor), on=clock.day_of(clock.now()), past=past)
    shown = {"page": page_of(rows, request), "past": past, "all": True}
    return render(request, "programs/tokens.html", shown)
