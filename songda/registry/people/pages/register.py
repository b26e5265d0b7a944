"""Accounts and posts: the list, a person's record, and what the security administrator does there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid, Refused
from songda.kernel.screens.paging import page_of
from songda.registry.people import actions, queries
from songda.registry.people.access import person_for, posts_visible_to, sessions_visible_to
from songda.registry.people.forms.accounts import AccountForm, LastDayForm, PostForm
from songda.registry.people.states import Role
from songda.registry.requests import ActingRequest


@door("people.see")
def people(request: ActingRequest) -> HttpResponse:
    """Who holds which post."""
    found = queries.posts_matching(posts_visible_to(request.actor), request.GET, on=clock.day_of(clock.now()))
    context = {"page": page_of(found, request), "roles": Role.choices, "given": request.GET}
    return render(request, "people/people.html", {**context, "waiting": queries.accounts_without_post(request.actor)})


@door("people.see")
def person(request: ActingRequest, person_id: int) -> HttpResponse:
    """One person: account and posts, past ones too."""
    who = person_for(person_id, request.actor)
    posts = posts_visible_to(request.actor).filter(person=who).order_by("-starts_on", "-id")
    form = PostForm(actor=request.actor) if request.actor.may("people.edit") else None
    account = getattr(who, "account", None)
    context = {"person": who, "account": account, "posts": posts, "form": form, "today": clock.day_of(clock.now())}
    if form is not None and account is not None:
        context["last_day"] = LastDayForm(initial={"ends_on": account.ends_on})
        context["signed_in"] = sessions_visible_to(request.actor, clock.now()).filter(account=account).count()
    context["factor"] = form is not None and account is not None and queries.has_second_factor(account)
    return render(request, "people/person.html", context)


@door("people.edit")
def new_account(request: ActingRequest) -> HttpResponse:
    """Open an account; its first password is shown this once."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            opened = actions.open_account(
                form.cleaned_data["username"], form.cleaned_data["name"], by=request.actor, now=clock.now()
            )
            return render(request, "people/opened.html", {"opened": opened})
        except Refused as refusal:
            form.add_error("username", refusal.sentence)
    return render(request, "people/new_account.html", {"form": form, "submit": _("开户")})


@require_POST
@door("people.edit")
def appoint(request: ActingRequest, person_id: int) -> HttpResponse:
    """Give the person a post."""
    form = PostForm(request.POST, actor=request.actor)
    if not form.is_valid():
        messages.error(request, _("请选择角色和机构。"))
        return redirect(f"/people/{person_id}/")
    given = form.cleaned_data
    new = actions.NewPost(person_id, given["role"], organisation_id=given["organisation"].pk, title=given["title"])
    actions.appoint(new, by=request.actor, now=clock.now())
    messages.success(request, _("已任命。"))
    return redirect(f"/people/{person_id}/")


@require_POST
@door("people.edit")
def end_post(request: ActingRequest, post_id: int) -> HttpResponse:
    """End a post."""
    post = actions.end_post(post_id, by=request.actor, now=clock.now())
    messages.success(request, _("岗位已结束，权限即时失效。"))
    return redirect(f"/people/{post.person_id}/")


@require_POST
@door("people.edit")
def reset_password(request: ActingRequest, account_id: int) -> HttpResponse:
    """A new one-time password, shown this once."""
    return render(
        request, "people/opened.html", {"opened": actions.reset_password(account_id, by=request.actor, now=clock.now())}
    )


@require_POST
@door("people.edit")
def remove_second_factor(request: ActingRequest, account_id: int) -> HttpResponse:
    """Take away the second factor of who has lost the telephone."""
    account = actions.remove_second_factor(account_id, by=request.actor, now=clock.now())
    messages.success(request, _("第二因素已解除。请当面核实本人后，再让其重新设置。"))
    return redirect(f"/people/{account.person_id}/")


@require_POST
@door("people.edit")
def close_account(request: ActingRequest, account_id: int) -> HttpResponse:
    """Close an account."""
    account = actions.close_account(account_id, by=request.actor, now=clock.now())
    messages.success(request, _("账号已停用。"))
    return redirect(f"/people/{account.person_id}/")


@require_POST
@door("people.edit")
def reopen_account(request: ActingRequest, account_id: int) -> HttpResponse:
    """Open a stopped account again."""
    account = actions.reopen_account(account_id, by=request.actor, now=clock.now())
    messages.success(request, _("账号已重新启用。"))
    return redirect(f"/people/{account.person_id}/")


@require_POST
@door("people.edit")
def set_last_day(request: ActingRequest, account_id: int) -> HttpResponse:
    """Let an account end on a day, or have no end."""
    form = LastDayForm(request.POST)
    day = form.cleaned_data["ends_on"] if form.is_valid() else None
    if form.errors:
        raise Invalid(_("日期写得不对。"), advice=_("请按 2026-12-31 的样子填写。"))
    account = actions.set_last_day(account_id, day, by=request.actor, now=clock.now())
    messages.success(request, _("到期日已登记。"))
    return redirect(f"/people/{account.person_id}/")
