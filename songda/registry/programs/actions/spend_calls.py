"""Spending a minute's calls 限流: one account a token for all web processes, from which each takes a few calls at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from songda.kernel.errors import TooMany
from songda.registry.programs import rules
from songda.registry.programs.models import Spending, Token


@dataclass(slots=True)
class Lease:
    """What a process has taken and not used yet, and what was left of the minute when it took it."""

    minute: int
    left: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Account:
    """What a caller is told: calls a minute, at most so many left, seconds until it begins anew."""

    limit: int
    left: int
    reset: int


LEASES: Final[dict[tuple[int, str], Lease]] = {}
LOCK: Final = Lock()


def spend(token: Token, kind: str, *, now: dt.datetime) -> Account:
    """One call of a kind; TooMany when the minute is spent. Never more than the limit in a minute, over all processes."""
    minute, second = divmod(int(now.timestamp()), 60)
    limit, key = rules.LIMITS[kind], (token.pk, kind)
    with LOCK:
        lease = LEASES.get(key)
        if lease is None or lease.minute != minute or lease.left == 0:
            lease = LEASES[key] = taken(token.pk, kind, minute, limit)
        if lease.left == 0:
            said = _("一分钟内的请求太多：每分钟至多 %(n)d 次。") % {"n": limit}
            raise TooMany(said, advice=_("请在应答头所说的秒数之后再试。"))
        lease.left -= 1
        return Account(limit, lease.left + lease.beyond, 60 - second)


def taken(token_id: int, kind: str, minute: int, limit: int) -> Lease:
    """A few calls from the account: all that are wanted, or what is left. Two processes never take the same."""
    for size in (rules.LEASE, 1):
        used = used_after_taking(token_id, kind, minute, limit, size)
        if used:
            return Lease(minute, size, limit - used)
    return Lease(minute, 0, 0)


def used_after_taking(token_id: int, kind: str, minute: int, limit: int, size: int) -> int:
    """Take so many if the minute has them: how many are then used, or 0."""
    if size > limit:
        return 0
    rows = Spending.objects.filter(token_id=token_id, kind=kind)
    if rows.exclude(minute=minute).update(minute=minute, used=size):
        return size
    if rows.filter(minute=minute, used__lte=limit - size).update(used=F("used") + size):
        return rows.values_list("used", flat=True).get()
    if rows.exists():
        return 0
    try:
        with transaction.atomic():
            Spending.objects.create(token_id=token_id, kind=kind, minute=minute, used=size)
    except IntegrityError:
        return used_after_taking(token_id, kind, minute, limit, size)
    return size
