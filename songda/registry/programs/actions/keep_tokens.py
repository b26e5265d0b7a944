"""Making and revoking tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.actors import Actor
from songda.registry.programs import rules
from songda.registry.programs.access import token_for
from songda.registry.programs.models import Token


@dataclass(frozen=True, slots=True)
class Given:
    """What a program is called, what it may do, until when, and from which addresses (none: any)."""

    name: str
    scopes: Collection[str]
    expires_on: dt.date
    networks: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A token and its text: told to its owner, kept nowhere."""

    token: Token
    text: str


@transaction.atomic
def make_token(given: Given, *, by: Actor, now: dt.datetime) -> Made:
    """A token of the acting post, with scopes among the post's own rights, for a year at most.

    A program cannot make tokens: the door of the page is a session's.
    """
    if by.post_id is None:
        raise NotPermitted(_("没有岗位，不能开通令牌。"))
    today = day_of(now)
    if not today < given.expires_on <= today + rules.LONGEST:
        raise Invalid(_("到期日期不对。"), fields={"expires_on": _("请选明天起一年内的日期。")})
    if not given.name.strip():
        raise Invalid(_("请写明用途。"), fields={"name": _("如“财务系统每日取数”。")})
    scopes, networks = rules.checked_scopes(given.scopes, by.permissions), rules.checked_networks(given.networks)
    secret = rules.new_secret()
    made = Token.objects.create(
        post_id=by.post_id, name=given.name.strip()[:40], digest=rules.digest_of(secret), tail=secret[-4:],
        scopes=scopes, networks=networks, made_at=now, expires_on=given.expires_on,
    )  # fmt: skip
    after = {"name": made.name, "scopes": scopes, "networks": networks, "expires_on": given.expires_on}
    record("token.make", made, by=by, now=now, after=after)
    return Made(made, rules.written(made.pk, secret))


@transaction.atomic
def revoke_token(token_id: int, *, by: Actor, now: dt.datetime) -> Token:
    """End a token at once: one's own, or as the security administrator any in sight. Conflict for one that was ended."""
    token = token_for(token_id, by)
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, revoked_by_id=by.post_id) != 1:
        raise Conflict(_("令牌已停用。"))
    token.refresh_from_db()
    record("token.revoke", token, by=by, now=now, after={"name": token.name})
    return token
