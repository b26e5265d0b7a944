"""The second factor at the way in: showing a code, setting one up. Open to all, and each looks for itself who is there."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.doors import PUBLIC, door, redirect_to_sign_in
from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import show_refusal
from songda.registry.people import actions, queries
from songda.registry.people.forms.accounts import CodeForm
from songda.registry.people.pages.entrance import onward
from songda.registry.people.rules.second_factor import address_for


@door(PUBLIC)
def enter(request: HttpRequest) -> HttpResponse:
    """Show a code, after the password."""
    account = queries.account_of(request)
    if account is None:
        return redirect_to_sign_in(request)
    if queries.second_factor_due(request) != "code":
        return onward(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            actions.pass_second_factor(request, account, form.cleaned_data["code"], now=clock.now())
            return onward(request)
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "people/second_factor.html", {"form": form, "submit": _("继续")})


@door(PUBLIC)
def begin(request: HttpRequest) -> HttpResponse:
    """Set one up: the picture for the telephone, then a first code; afterwards the recovery codes, this once."""
    account = queries.account_of(request)
    if account is None:
        return redirect_to_sign_in(request)
    if queries.second_factor_due(request) == "code":
        return redirect("/second-factor/")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes = actions.confirm_second_factor(request, account, form.cleaned_data["code"], now=clock.now())
            return render(request, "people/recovery_codes.html", {"codes": codes})
        except Refused as refusal:
            show_refusal(form, refusal)
    begun = actions.begin_second_factor(account, now=clock.now())
    picture = segno.make(address_for(begun.secret, account.username, _("送达")), error="m")
    context = {"form": form, "submit": _("启用"), "secret": begun.secret, "owed": bool(queries.second_factor_due(request))}
    return render(request, "people/begin_second_factor.html", {**context, "picture": picture.svg_data_uri(scale=5, border=2)})
