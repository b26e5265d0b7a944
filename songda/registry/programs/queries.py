"""Who a token stands for, at this moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.clock import day_of
from songda.kernel.errors import NotPermitted, Refused, Unidentified
from songda.registry.actors import Actor
from songda.registry.people import queries as people
from songda.registry.people.models import Account, Post
from songda.registry.people.rules.passwords import has_ended
from songda.registry.programs import rules
from songda.registry.programs.models import Token


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that was let in: its token, and the actor with no more rights than both the post and the token give."""

    token: Token
    actor: Actor


def token_sent(text: str) -> Token | None:
    """The token whose secret was sent, whatever became of it since."""
    told = rules.read(text)
    found = Token.objects.select_related("post").filter(pk=told[0]).first() if told else None
    return found if told and found and rules.same(told[1], found.digest) else None


def caller_of(token: Token, *, address: str, now: dt.datetime) -> Caller | Refused:
    """The caller, or why it is not let in. Asked anew at each call: what ended, was closed or narrowed is so at once."""
    on = day_of(now)
    if token.revoked_at is not None:
        return Unidentified(_("令牌已停用。"), advice=_("请在“程序令牌”页另开一个。"), code="token_revoked")
    if token.expires_on <= on:
        return Unidentified(_("令牌已到期。"), advice=_("请在“程序令牌”页另开一个。"), code="token_expired")
    post = people.posts_of(token.post.person_id, on).filter(pk=token.post_id).first()
    if post is None or not stands(post, on):
        return Unidentified(_("令牌所属岗位已不在任，或其账号已停用。"), advice=_("请由现任岗位另开令牌。"), code="post_ended")
    if not rules.comes_from(address, token.networks):
        return NotPermitted(_("令牌不能从此地址使用。"), advice=_("请核对令牌登记的来源地址。"), code="wrong_address")
    actor = people.actor_for(post, on=on)
    name = _("%(name)s（程序：%(program)s）") % {"name": actor.name[:30], "program": token.name}
    return Caller(token, replace(actor, name=name, permissions=actor.permissions & set(token.scopes)))


def stands(post: Post, on: dt.date) -> bool:
    """Whether who holds a post may act at all: an open account, and no person of a demonstration where there is none."""
    account: Account | None = getattr(post.person, "account", None)
    if account is None or not account.is_active or has_ended(account.ends_on, on):
        return False
    return settings.DEMONSTRATION or not post.person.demonstration


def listed(tokens: QuerySet[Token], *, on: dt.date, past: bool) -> QuerySet[Token]:
    """The tokens that open something on a day, or (`past`) all of them."""
    return tokens if past else tokens.filter(Q(revoked_at=None), expires_on__gt=on)
