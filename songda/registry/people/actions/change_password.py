"""A person changing the own password."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.registry.people.actions.open_account import checked, shut
from songda.registry.people.models import Account, PastPassword
from songda.registry.people.queries import bearer_of
from songda.registry.people.rules.passwords import REMEMBERED


@transaction.atomic
def change_password(account_id: int, old: str, new: str, *, now: dt.datetime) -> Account:
    """Replace the password by another one; all sessions of the account end (the page goes on under a new key).

    Invalid when the old one is wrong, the new one weak, common, or one of the last five.
    """
    account = Account.objects.select_related("person").get(pk=account_id)
    if not account.check_password(old):
        raise Invalid(_("原口令不正确。"), fields={"old": _("请重新输入原口令。")})
    must_be_good(new, account)
    PastPassword.objects.create(account=account, password=account.password, replaced_at=now)
    account.set_password(new)
    account.must_change_password = False
    account.one_time_from = None
    account.password_changed_at = now
    account.save(update_fields=["password", "must_change_password", "one_time_from", "password_changed_at"])
    ended = shut(account)
    kept = (
        PastPassword.objects.filter(account=account)
        .order_by("-replaced_at", "-id")
        .values_list("pk", flat=True)[: REMEMBERED - 1]
    )
    PastPassword.objects.filter(account=account).exclude(pk__in=list(kept)).delete()
    record("account.change_password", account, by=bearer_of(account), now=now, after={"sessions_ended": ended})
    return account


def must_be_good(new: str, account: Account) -> None:
    """Refuse a password that is weak, widely used, or was used lately."""
    checked(new, account.username)
    try:
        password_validation.validate_password(new)
    except ValidationError as error:
        raise Invalid(_("口令过于常见。"), fields={"password": "".join(error.messages)}) from error
    used = [account.password, *account.past_passwords.values_list("password", flat=True)]
    if any(check_password(new, one) for one in used):
        raise Invalid(_("不得使用最近 %(n)d 次用过的口令。") % {"n": REMEMBERED}, fields={"password": _("请换一个新口令。")})
