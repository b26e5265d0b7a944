"""One answer to one key 幂等: a write that is asked for twice is done once.

First the key is claimed, and that is committed; then the write and its answer are kept in one transaction. A process that dies in
between leaves a claim without an answer and nothing else; after `rules.DEAD` another call takes it over. A call that was only slow
finds its claim gone when it wants to keep its answer, and undoes what it did.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict, Invalid
from songda.registry.programs import rules
from songda.registry.programs.models import Answered, Token


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do what was asked under a key."""

    answer_id: int
    mark: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What was answered before."""

    status: int
    body: str


class UnderWay(Conflict):
    """The same write is being done this moment."""

    code = "under_way"
    retry = True


class KeyReused(Invalid):
    """The key stands for something else."""

    code = "key_reused"
    http = 422


def claim(token: Token, key: str, asked: str, *, now: dt.datetime) -> Claim | Kept:
    """Claim a key, or have the answer that was given. UnderWay while another call works on it; KeyReused for another request."""
    mark = secrets.token_hex(16)
    Answered.objects.filter(token=token, key=key, made_at__lte=now - rules.KEPT).delete()
    try:
        with transaction.atomic():
            made = Answered.objects.create(token=token, key=key, asked=asked, claim=mark, made_at=now)
            return Claim(made.pk, mark)
    except IntegrityError:
        known = Answered.objects.filter(token=token, key=key).first()
    if known is not None and known.asked != asked:
        raise KeyReused(_("这个幂等键已用于另一请求。"), advice=_("每个新的请求请用新的键。"))
    if known is not None and known.status is not None:
        return Kept(known.status, known.body)
    if known is not None and known.made_at <= now - rules.DEAD:
        same = Answered.objects.filter(pk=known.pk, claim=known.claim, status=None)
        if same.update(claim=mark, made_at=now):
            return Claim(known.pk, mark)
    raise UnderWay(_("同一请求正在办理。"), advice=_("请在应答头所说的秒数之后用同一个键再试。"))


def fulfil(held: Claim, status: int, body: str) -> None:
    """Keep the answer, in the transaction of what it speaks of. UnderWay (and all is undone) when the claim went to another."""
    rows = Answered.objects.filter(pk=held.answer_id, claim=held.mark, status=None)
    if rows.update(status=status, body=body) != 1:
        raise UnderWay(_("同一请求正在办理。"), advice=_("请在应答头所说的秒数之后用同一个键再试。"))


def let_go(held: Claim) -> None:
    """Give a claim back: nothing was done, the key may be used again."""
    Answered.objects.filter(pk=held.answer_id, claim=held.mark, status=None).delete()


def purge(*, now: dt.datetime) -> int:
    """Delete what has been kept for a day; how many."""
    return Answered.objects.filter(made_at__lte=now - rules.KEPT).delete()[0]
