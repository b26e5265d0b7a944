"""Binding an identity to one's own account, and taking it off again: by its owner alone, who shows the password."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.identities.access import identity_for
from songda.registry.identities.actions.attempts import Proven, distrusted
from songda.registry.identities.models import Identity
from songda.registry.people.actions.open_account import taken_back
from songda.registry.people.models import Account


def show_password(request: HttpRequest, password: str, *, by: Actor) -> Account:
    """The acting account, whose owner has shown the password once more. Invalid for a wrong one; wrong ones lock as at the door."""
    account = Account.objects.get(pk=by.account_id or 0)
    if authenticate(request, username=account.username, password=password) != account:
        raise Invalid(_("口令不正确。"), fields={"password": _("请输入本账号的口令。")})
    return account


def bind(proven: Proven, *, by: Actor | None, now: dt.datetime) -> Identity:
    """Bind what a provider vouched for to the account that set out for it. NotPermitted where another one has come back; Conflict
    where the identity opens another account already, or the account has one of this provider."""
    if by is None or by.account_id is None or by.account_id != proven.attempt.account_id:
        raise distrusted(proven.provider, "another account came back", now)
    try:
        with transaction.atomic():
            identity = Identity.objects.create(
                provider=proven.provider.code,
                realm=proven.provider.realm,
                subject=proven.subject,
                account_id=by.account_id,
                bound_at=now,
            )
            record("identity.bind", identity, by=by, now=now, after={"provider": identity.provider, "subject": identity.subject})
    except IntegrityError as error:
        raise Conflict(
            _("没有绑定：这个身份已经绑定了账号，或您已绑定过“%(label)s”。") % {"label": proven.provider.label},
            advice=_("请先解除原来的绑定。"),
        ) from error
    return identity


@transaction.atomic
def unbind(identity_id: int, *, by: Actor, now: dt.datetime) -> Identity:
    """Take one's own identity off: it opens nothing from now on. The row stays."""
    identity = identity_for(identity_id, by)
    if not Identity.objects.filter(pk=identity.pk, unbound_at=None).update(unbound_at=now):
        raise Conflict(_("绑定已经解除。"))
    record("identity.unbind", identity, by=by, now=now, before={"provider": identity.provider})
    return identity


@receiver(taken_back)
def unbind_all(sender: object, account: Account, by: Actor, now: dt.datetime, **_more: object) -> None:
    """Take all bindings off an account that was reset or closed: who had got hold of it may have bound an identity of his own."""
    del sender
    for identity in Identity.objects.filter(account=account, unbound_at=None):
        Identity.objects.filter(pk=identity.pk).update(unbound_at=now)
        record("identity.unbind", identity, by=by, now=now, before={"provider": identity.provider})
