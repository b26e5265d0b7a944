"""What a password 口令 must be, and for how long (等保三级 8.1.4.1a: complex, changed regularly, not used again)."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from songda.kernel.words import gettext as _

SHORTEST = 10
KINDS = 3
GOOD_FOR = dt.timedelta(days=90)
REMEMBERED = 5
ONE_TIME_FOR = dt.timedelta(hours=72)  # a password given by another opens for so long, and until its owner has changed it
SLEEPS_AFTER = dt.timedelta(days=90)  # an account not used for so long no longer opens (8.1.4.2c)


def password_faults(password: str, username: str) -> list[str]:
    """What is wrong with a new password, each as a sentence; empty when nothing is."""
    faults = []
    if len(password) < SHORTEST:
        faults.append(_("口令至少 %(n)d 个字符。") % {"n": SHORTEST})
    if kinds_in(password) < KINDS:
        faults.append(_("口令须含大写字母、小写字母、数字、符号中的至少三类。"))
    if username and username.lower() in password.lower():
        faults.append(_("口令不得包含登录名。"))
    return faults


def kinds_in(password: str) -> int:
    """How many of the four kinds of characters occur."""
    tests = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    return sum(any(test(letter) for letter in password) for test in tests)


def has_aged(changed_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a password is due for a change. One that was never changed by its owner is kept to its first use elsewhere."""
    return changed_at is not None and now - changed_at >= GOOD_FOR


def has_expired(one_time_from: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a one-time password 一次性口令 has waited too long for its first use. One whose beginning was never kept does not."""
    return one_time_from is not None and now - one_time_from >= ONE_TIME_FOR


def has_slept(last_used_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether an account has lain unused for so long that it is closed."""
    return now - last_used_at >= SLEEPS_AFTER


class Used(Protocol):
    """What is known of the use of an account."""

    created_at: dt.datetime
    last_login: dt.datetime | None
    reopened_at: dt.datetime | None


def last_use(account: Used) -> dt.datetime:
    """When an account was last used, or opened for use."""
    return max(filter(None, (account.created_at, account.last_login, account.reopened_at)))


def has_ended(ends_on: dt.date | None, on: dt.date) -> bool:
    """Whether an account's last day is over: that day no longer included, as with posts."""
    return ends_on is not None and ends_on <= on
