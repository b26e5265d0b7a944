"""Letting a program in, or not."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Refused, Unidentified
from songda.registry.actors import system
from songda.registry.programs.models import Token
from songda.registry.programs.queries import Caller, caller_of, token_sent

NOTED_EVERY = dt.timedelta(minutes=1)


def let_in(text: str, *, address: str, now: dt.datetime) -> Caller:
    """The caller behind a token's text. Unidentified or NotPermitted otherwise; whoever had the right secret is counted."""
    token = token_sent(text)
    if token is None:
        raise Unidentified(_("没有令牌，或令牌不正确。"), advice=_("请在请求头中带上在“程序令牌”页开通的令牌。"))
    found = caller_of(token, address=address, now=now)
    if isinstance(found, Refused):
        with transaction.atomic():
            Token.objects.filter(pk=token.pk).update(refused=F("refused") + 1)
            record("token.refuse", token, by=system(token.name), now=now, after={"code": found.code})
        raise found
    if token.used_at is None or abs(now - token.used_at) >= NOTED_EVERY:
        Token.objects.filter(Q(used_at=token.used_at), pk=token.pk).update(used_at=now, used_from=address[:45])
    return found
