"""Opening, resetting and closing accounts."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.actors import Actor
from songda.registry.people.access import account_for
from songda.registry.people.models import Account, OpenSession, Person
from songda.registry.people.rules import password_faults

taken_back = Signal()
"""Sent with `account`, `by`, `now`, in the transaction in which a security administrator resets or closes an account: whatever else
opened it opens it no more (rooms above listen)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An account and the password that opens it once: told to its owner, kept nowhere."""

    account: Account
    password: str


@transaction.atomic
def open_account(
    username: str, name: str, *, by: Actor, now: dt.datetime, password: str = "", demonstration: bool = False
) -> Opened:
    """Make a person and an account that must change its password at the first sign-in; rights come with a post.

    Conflict for a login name in use; Invalid for a given password that is too weak (none given: one is made).
    """
    must_edit_people(by)
    first = one_time(checked(password, username) if password else "")
    return Opened(enter(username, name, first, by=by, now=now, demonstration=demonstration), first.plain)


@dataclass(frozen=True, slots=True)
class OneTime:
    """A one-time password and its hash, which takes a twentieth of a second: made before a transaction where there are many."""

    plain: str
    hashed: str


def one_time(plain: str = "") -> OneTime:
    """This password, or one that nobody can guess."""
    first = plain or f"a{secrets.token_urlsafe(12)}-A1"
    return OneTime(first, make_password(first))


@transaction.atomic
def enter(username: str, name: str, first: OneTime, *, by: Actor, now: dt.datetime, demonstration: bool = False) -> Account:
    """A person and an account with this one-time password. Conflict for a login name in use."""
    must_edit_people(by)
    if Account.objects.filter(username=username).exists():
        raise Conflict(_("登录名“%(username)s”已被使用。") % {"username": username}, advice=_("请换一个登录名。"))
    person = Person.objects.create(name=name, demonstration=demonstration)
    account = Account(username=username, person=person, created_at=now, must_change_password=True, one_time_from=now)
    account.password = first.hashed
    account.save()
    record("account.open", account, by=by, now=now, after={"username": username, "person": person.pk})
    return account


@transaction.atomic
def reset_password(account_id: int, *, by: Actor, now: dt.datetime) -> Opened:
    """Give an account a new one-time password; its sessions end with the old one."""
    must_edit_people(by)
    account = account_for(account_id, by)
    first = one_time()
    account.password = first.hashed
    account.must_change_password = True
    account.one_time_from = now
    account.save(update_fields=["password", "must_change_password", "one_time_from"])
    record("account.reset_password", account, by=by, now=now, after={"sessions_ended": shut(account)})
    taken_back.send(Account, account=account, by=by, now=now)
    return Opened(account, first.plain)


@transaction.atomic
def close_account(account_id: int, *, by: Actor, now: dt.datetime) -> Account:
    """Close an account at once; Conflict for one's own, or when it is closed already."""
    must_edit_people(by)
    account = account_for(account_id, by)
    if account.pk == by.account_id:
        raise Conflict(_("不能停用自己的账号。"), advice=_("请由另一位安全管理员办理。"))
    if Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False) != 1:
        raise Conflict(_("该账号已停用。"))
    account.refresh_from_db()
    told = {"is_active": False, "sessions_ended": shut(account)}
    record("account.close", account, by=by, now=now, before={"is_active": True}, after=told)
    taken_back.send(Account, account=account, by=by, now=now)
    return account


def shut(account: Account, keep: str = "") -> int:
    """End the sessions of an account, but one (as `queries.present_session` names it); how many. The caller records why."""
    return OpenSession.objects.filter(account=account).exclude(pk=keep).delete()[0]


def must_edit_people(by: Actor) -> None:
    """Accounts and posts are kept by the security administrator, and by the system at installation."""
    if not (by.may("people.edit") or by.role == "system"):
        raise NotPermitted(_("您当前的岗位不能管理账号与岗位。"), advice=_("请联系安全管理员。"))


def checked(password: str, username: str) -> str:
    """The password, or Invalid with everything that is wrong with it."""
    faults = password_faults(password, username)
    if faults:
        raise Invalid(_("口令不符合要求。"), fields={"password": "".join(faults)}, advice="".join(faults))
    return password
