"""Coming and going: signing in, choosing the post to act through, signing out. Each leaves a row, failures too."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import digest_of, record
from songda.kernel.clock import day_of
from songda.kernel.errors import NotFound, NotPermitted
from songda.registry.actors import Actor, system
from songda.registry.people.models import Account
from songda.registry.people.queries import (
    SESSION_SECOND,
    account_of,
    bearer_of,
    posts_of,
    second_factor_due,
    second_factor_owed,
    spared,
    take_post,
    told_by,
)
from songda.registry.people.rules.passwords import ONE_TIME_FOR, has_ended, has_expired, has_slept, last_use
from songda.registry.people.rules.sessions import OPENED


def sign_in(request: HttpRequest, username: str, password: str, *, now: dt.datetime) -> Account:
    """Open a session under a new key. NotPermitted for wrong words or an account that may not be used; five wrong tries
    lock the name at that address for half an hour (django-axes answers then, with 429).
    """
    account = authenticate(request, username=username, password=password)
    if not isinstance(account, Account):
        note_failure(username, "wrong", now)
        raise NotPermitted(
            _("登录名或口令不正确。"), advice=_("连续 %(n)d 次不正确将锁定半小时。") % {"n": settings.AXES_FAILURE_LIMIT}
        )
    if account.must_change_password and has_expired(account.one_time_from, now):
        note_failure(username, "expired", now)
        hours = int(ONE_TIME_FOR.total_seconds() // 3600)
        raise NotPermitted(_("一次性口令已超过 %(n)d 小时，已作废。") % {"n": hours}, advice=_("请联系安全管理员重新发放。"))
    return let_in(request, account, now=now)


def let_in(request: HttpRequest, account: Account, *, now: dt.datetime, way: str = "password", proven: bool = False) -> Account:
    """Open a session, under a new key, for who has shown whose account it is; `way`: how. Every way in ends here.

    NotPermitted for an account that may not be used. A second factor is owed as after a password, unless that way has `proven` one.
    """
    if reason := fault_of_account(account, now):
        note_failure(account.username, "closed", now)
        raise NotPermitted(reason, advice=_("请联系安全管理员。"))
    with transaction.atomic():
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        request.session.update(told_by(request))
        request.session[OPENED] = int(now.timestamp())
        request.session[SESSION_SECOND] = "" if proven else second_factor_owed(account, day_of(now))
        record("account.sign_in", account, by=bearer_of(account), now=now, after={"way": way})
    return account


@transaction.atomic
def choose_post(request: HttpRequest, post_id: int, *, now: dt.datetime) -> Actor:
    """Act through one of the own posts from now on."""
    account = account_of(request)
    on = day_of(now)
    post = posts_of(account.person_id, on).filter(pk=post_id).first() if account else None
    if account is None or post is None or second_factor_due(request):
        raise NotFound(_("您没有这个岗位。"), advice=_("请从列表中选择在任岗位。"))
    request.session.cycle_key()
    actor = take_post(request.session, post, on)
    record("account.choose_post", account, by=actor, now=now, after={"role": post.role})
    return actor


@transaction.atomic
def sign_out(request: HttpRequest, *, now: dt.datetime) -> None:
    """End the session; nothing of it stays."""
    account = account_of(request)
    if account is not None:
        record("account.sign_out", account, by=bearer_of(account), now=now)
    logout(request)


def fault_of_account(account: Account, now: dt.datetime) -> str:
    """Why an account whose owner is at the door may still not come in; empty when it may."""
    if not account.is_active:
        return _("账号已停用。")
    if account.person.demonstration and not settings.DEMONSTRATION:
        return _("演示账号不能用于正式环境。")
    if has_ended(account.ends_on, day_of(now)):
        return _("账号已到期。")
    if has_slept(last_use(account), now) and account.pk not in spared(now):
        return _("账号已超过 90 天未使用，已停用。")
    return ""


@transaction.atomic
def note_failure(username: str, why: str, now: dt.datetime) -> None:
    """Keep a failed try: the account if there is one, else a digest of what was typed (people type passwords there)."""
    account = Account.objects.filter(username=username).first() or Account()
    told = {"why": why} if account.pk else {"why": why, "typed": digest_of(username)}
    record("account.refuse_sign_in", account, by=system(_("登录页")), now=now, after=told)
