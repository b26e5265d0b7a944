"""Pages of the room: out to a provider, back from it, and what is bound to one's own account."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from songda.kernel import clock
from songda.kernel.doors import PUBLIC, SIGNED_IN, door
from songda.kernel.errors import NotPermitted, Refused
from songda.kernel.screens.refusals import show_refusal, tell_refusal
from songda.registry.actors import Actor
from songda.registry.identities import actions, queries
from songda.registry.identities.forms import PasswordOnceMoreForm
from songda.registry.people import queries as people
from songda.registry.requests import ActingRequest

HOME = "/account/"


@never_cache
@require_GET
@door(PUBLIC)
def go(request: HttpRequest, provider: str) -> HttpResponse:
    """Out to a provider, by a link: our policy lets no form lead out of the house."""
    onward = request.GET.get("next", "")
    if people.account_of(request) is not None:
        return redirect(entrance(onward))
    _provider, address = actions.set_out(request, provider, now=clock.now(), onward=onward)
    return redirect(address)


@never_cache
@require_GET
@door(PUBLIC)
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from a provider: in, or bound, or told why not."""
    now, actor = clock.now(), cast("Actor | None", getattr(request, "actor", None))
    try:
        proven = actions.take_answer(request, provider, now=now)
        if proven.attempt.account_id is not None:
            actions.bind(proven, by=actor, now=now)
            messages.success(request, _("已绑定“%(label)s”，以后可以用它登录。") % {"label": proven.provider.label})
            return redirect(HOME)
        actions.come_in(request, proven, now=now)
    except NotPermitted as refusal:
        return turned_back(request, refusal, HOME if actor else "/sign-in/")
    return redirect(entrance(proven.attempt.onward))


def turned_back(request: HttpRequest, refusal: NotPermitted, home: str) -> HttpResponse:
    """A stranger is told how to bind; who did not finish is back where he began; anything else is a refusal like any other."""
    if refusal.code == actions.UNBOUND:
        return render(request, "identities/unknown.html", {"said": refusal.message}, status=refusal.http)
    if refusal.code == "not_granted":
        tell_refusal(request, refusal)
        return redirect(home)
    raise refusal


@door(SIGNED_IN)
def account(request: ActingRequest) -> HttpResponse:
    """What is bound to the own account, and the ways to its password and second factor."""
    own = people.account_of(request)
    factor = own is not None and people.has_second_factor(own)
    return render(
        request, "identities/account.html", {"bindings": queries.bindings(request.actor), "account": own, "factor": factor}
    )


@never_cache
@door(SIGNED_IN)
def bind(request: ActingRequest, provider: str) -> HttpResponse:
    """The password once more, then a link out to the provider."""
    found = queries.provider_called(provider)
    form = PasswordOnceMoreForm(request.POST or None)
    if form.is_valid():
        try:
            shown = actions.show_password(request, form.cleaned_data["password"], by=request.actor)
            _found, address = actions.set_out(request, provider, now=clock.now(), account_id=shown.pk)
            return render(request, "identities/leave.html", {"provider": found, "address": address})
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "identities/bind.html", {"provider": found, "form": form, "submit": _("下一步")})


@require_POST
@door(SIGNED_IN)
def unbind(request: ActingRequest, identity_id: int) -> HttpResponse:
    """Take a binding off."""
    actions.unbind(identity_id, by=request.actor, now=clock.now())
    messages.success(request, _("绑定已解除，不能再用它登录。"))
    return redirect(HOME)


def entrance(onward: str) -> str:
    """The doorstep, which leads on: to the second factor, a due password, a post, and only to pages of this house."""
    return f"/sign-in/?{urlencode({'next': onward})}" if onward else "/sign-in/"
