"""Passwords: complex, changed regularly, not used again."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.errors import Invalid
from songda.registry.people.actions import change_password, reset_password
from songda.registry.people.models import PastPassword
from songda.registry.people.queries import password_is_due
from songda.registry.people.rules import password_faults
from songda.registry.people.tests.cast import NOW, PASSWORD


@pytest.mark.parametrize(
    ("password", "faults"),
    [("Abcdef-2020", 0), ("abcdef2020", 1), ("Ab-1", 1), ("abc", 2), ("zhang3-Abcdef", 1), ("示例口令一二三四五六A1-", 0)],
)
def test_faults_are_told_one_by_one(password, faults):
    assert len(password_faults(password, "zhang3")) == faults


def test_the_last_five_are_not_used_again(cast):
    account, old = cast.desk.account_id, PASSWORD
    for number in range(5):
        new = f"Another-pass-{number}"
        change_password(account, old, new, now=NOW + dt.timedelta(days=number))
        old = new
    assert PastPassword.objects.count() == 4
    for used in (old, "Another-pass-1"):
        with pytest.raises(Invalid, match="最近"):
            change_password(account, old, used, now=NOW + dt.timedelta(days=9))
    change_password(account, old, PASSWORD, now=NOW + dt.timedelta(days=9))  # six changes ago


@pytest.mark.parametrize(("old", "new"), [("wrong", "Another-pass-1"), (PASSWORD, "short"), (PASSWORD, "Password123")])
def test_a_bad_change_is_refused(cast, old, new):
    with pytest.raises(Invalid):
        change_password(cast.desk.account_id, old, new, now=NOW)


def test_a_password_falls_due_after_ninety_days_and_after_a_reset(cast):
    account = change_password(cast.desk.account_id, PASSWORD, "Another-pass-0", now=NOW)
    assert not password_is_due(account, NOW + dt.timedelta(days=89))
    assert password_is_due(account, NOW + dt.timedelta(days=90))
    opened = reset_password(account.pk, by=cast.security_admin, now=NOW)
    assert password_is_due(opened.account, NOW)
    change_password(account.pk, opened.password, "Another-pass-1", now=NOW)
    account.refresh_from_db()
    assert not password_is_due(account, NOW)
