"""Accounts that stop by themselves 停用: past their last day, or unused for 90 days (等保三级 8.1.4.2c); and opening them again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor, system
from songda.registry.people.access import account_for
from songda.registry.people.actions.open_account import must_edit_people, shut
from songda.registry.people.models import Account
from songda.registry.people.queries import spared
from songda.registry.people.rules.passwords import has_ended, has_slept, last_use


def stop_unused(*, now: dt.datetime) -> int:
    """Stop the accounts that are past their last day or have slept; how many. The last administrator of each kind 三员 is spared sleep."""
    kept, stopped = spared(now), 0
    for account in Account.objects.filter(is_active=True).select_related("person").iterator(chunk_size=500):
        if has_ended(account.ends_on, day_of(now)):
            stopped += stop(account, "ended", now)
        elif has_slept(last_use(account), now) and account.pk not in kept:
            stopped += stop(account, "unused", now)
    return stopped


@transaction.atomic
def stop(account: Account, why: str, now: dt.datetime) -> int:
    """Stop one account; 0 where somebody was faster, or it has been used meanwhile."""
    same = Account.objects.filter(pk=account.pk, is_active=True, last_login=account.last_login)
    if same.update(is_active=False) != 1:
        return 0
    record("account.stop", account, by=system(), now=now, after={"why": why, "sessions_ended": shut(account)})
    return 1


@transaction.atomic
def reopen_account(account_id: int, *, by: Actor, now: dt.datetime) -> Account:
    """Open an account again that was stopped or closed; a last day that is over is taken away. Conflict where it is open."""
    must_edit_people(by)
    account = account_for(account_id, by)
    ends_on = None if has_ended(account.ends_on, day_of(now)) else account.ends_on
    shut_now = Account.objects.filter(pk=account.pk, is_active=False)
    if shut_now.update(is_active=True, reopened_at=now, ends_on=ends_on) != 1:
        raise Conflict(_("该账号没有停用。"))
    account.refresh_from_db()
    record("account.reopen", account, by=by, now=now, before={"is_active": False}, after={"is_active": True})
    return account


@transaction.atomic
def set_last_day(account_id: int, ends_on: dt.date | None, *, by: Actor, now: dt.datetime) -> Account:
    """Let an account end on a day, that day no longer included; None: it has no end. Invalid for a day that is over, or one's own."""
    must_edit_people(by)
    account = account_for(account_id, by)
    if ends_on is not None and ends_on <= day_of(now):
        raise Invalid(
            _("到期日须在今天之后。"), advice=_("要立即停用，请点“停用账号”。"), fields={"ends_on": _("请填今天之后的日期。")}
        )
    if account.pk == by.account_id:
        raise Conflict(_("不能设定自己账号的到期日。"), advice=_("请由另一位安全管理员办理。"))
    before, account.ends_on = account.ends_on, ends_on
    account.save(update_fields=["ends_on"])
    record("account.set_last_day", account, by=by, now=now, before={"ends_on": before}, after={"ends_on": ends_on})
    return account
