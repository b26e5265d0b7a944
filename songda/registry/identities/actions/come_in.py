"""Signing in through a provider: exactly what a password opens, for the account that has bound the identity."""

from __future__ import annotations

import datetime as dt

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted, TooMany
from songda.registry.identities.actions.attempts import Proven, note
from songda.registry.identities.models import Identity
from songda.registry.identities.queries import bound_to
from songda.registry.people.actions.sign_in import let_in
from songda.registry.people.models import Account

UNBOUND = "identity_unbound"


def come_in(request: HttpRequest, proven: Proven, *, now: dt.datetime) -> Account:
    """Open a session. NotPermitted for an identity that nobody has bound (nothing is bound by name or telephone) and for an account
    that may not be used; TooMany while wrong passwords have locked its name at this address."""
    identity = bound_to(proven.provider, proven.subject)
    if identity is None:
        note(proven.provider, "unbound", now)
        raise NotPermitted(_("这个“%(label)s”身份还没有绑定本系统的账号。") % {"label": proven.provider.label}, code=UNBOUND)
    account = identity.account
    if AxesProxyHandler.is_locked(request, {"username": account.username}):
        note(proven.provider, "locked", now)
        raise TooMany(_("此账号在本地址上已锁定半小时。"), advice=_("半小时后可再试，或联系安全管理员。"))
    let_in(request, account, now=now, way=proven.provider.code, proven=proven.provider.second_factor)
    Identity.objects.filter(pk=identity.pk).update(last_used_at=now)
    return account
