"""The way in and out. These pages are open to all and look for themselves who is there: a post is chosen only here."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import PUBLIC, door, redirect_to_sign_in
from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import show_refusal
from songda.registry.people import actions, queries
from songda.registry.people.forms.accounts import PasswordForm, SignInForm


@door(PUBLIC)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; who is in already goes on."""
    if request.method == "GET" and queries.account_of(request):
        return onward(request)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        try:
            actions.sign_in(request, form.cleaned_data["username"], form.cleaned_data["password"], now=clock.now())
            return onward(request)
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "people/sign_in.html", {"form": form})


@require_POST
@door(PUBLIC)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out; back to the sign-in page."""
    actions.sign_out(request, now=clock.now())
    return redirect("/sign-in/")


@door(PUBLIC)
def posts(request: HttpRequest) -> HttpResponse:
    """Choose the post to act through."""
    account = queries.account_of(request)
    if account is None:
        return redirect_to_sign_in(request)
    if request.method == "POST":
        chosen = request.POST.get("post", "")
        actions.choose_post(request, int(chosen) if chosen.isdecimal() else 0, now=clock.now())
        return redirect(wanted(request))
    held = queries.posts_of(account.person_id, clock.day_of(clock.now()))
    return render(request, "people/posts.html", {"posts": held, "chosen": request.session.get(queries.SESSION_POST)})


@door(PUBLIC)
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password; other sessions of the account end, this one stays."""
    account = queries.account_of(request)
    if account is None:
        return redirect_to_sign_in(request)
    if queries.second_factor_due(request):
        return onward(request)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            changed = actions.change_password(
                account.pk, form.cleaned_data["old"], form.cleaned_data["password"], now=clock.now()
            )
            update_session_auth_hash(request, changed)
            request.user = changed
            return onward(request)
        except Refused as refusal:
            show_refusal(form, refusal)
    due = queries.password_is_due(account, clock.now())
    return render(request, "people/password.html", {"form": form, "due": due})


def onward(request: HttpRequest) -> HttpResponse:
    """Where a person goes who has just come in: the second factor, a due password, the choice of a post, where they wanted to go."""
    now = clock.now()
    account = queries.account_of(request)
    if account is not None and (owed := queries.second_factor_due(request)):
        return redirect("/second-factor/" if owed == "code" else "/second-factor/new/")
    if account is not None and queries.password_is_due(account, now):
        return redirect("/password/")
    return redirect(wanted(request) if queries.actor_of_session(request, now=now) else "/posts/")


def wanted(request: HttpRequest) -> str:
    """The address asked for before signing in, if it is one of ours."""
    address = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
