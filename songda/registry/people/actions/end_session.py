"""Ending open sessions 结束登录: one, or all of an account but one. What a browser still sends of them opens nothing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.registry.actors import Actor
from songda.registry.people.access import account_for, session_for
from songda.registry.people.actions.open_account import must_edit_people, shut
from songda.registry.people.models import Account, OpenSession


@transaction.atomic
def end_session(digest: str, *, by: Actor, now: dt.datetime) -> OpenSession:
    """End one session of the own account, or of one that the actor keeps; NotFound for any other, or where it is over."""
    session = session_for(digest, by, now)
    told = {"address": session.address, "device": session.device, "opened_at": session.opened_at}
    OpenSession.objects.filter(pk=session.pk).delete()
    record("session.end", session, by=by, now=now, before=told, after={"account": session.account_id})
    return session


@transaction.atomic
def end_sessions(account_id: int, *, by: Actor, now: dt.datetime, keep: str = "") -> int:
    """End all sessions of the own account, or of one that the actor keeps, but `keep` (as `queries.present_session` names it)."""
    if account_id != by.account_id:
        must_edit_people(by)
        account_for(account_id, by)
    account = Account.objects.get(pk=account_id)
    ended = shut(account, keep)
    record("session.end_all", account, by=by, now=now, after={"sessions": ended})
    return ended
