"""Going to a provider and coming back 往返: what was begun is kept in the session, and is good for one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import NotPermitted, Unavailable
from songda.registry.actors import system
from songda.registry.identities.actions.calls import refused
from songda.registry.identities.actions.dialects import DIALECTS
from songda.registry.identities.models import Identity
from songda.registry.identities.queries import provider_called
from songda.registry.identities.rules.proofs import Attempt, attempt_of, new_attempt
from songda.registry.identities.rules.providers import Provider
from songda.registry.identities.rules.tokens import Untrusted

SESSION_ATTEMPT = "identity_attempt"


@dataclass(frozen=True, slots=True)
class Proven:
    """Whom a provider vouches for, and what for it was asked."""

    provider: Provider
    subject: str
    attempt: Attempt


def set_out(
    request: HttpRequest, code: str, *, now: dt.datetime, account_id: int | None = None, onward: str = ""
) -> tuple[Provider, str]:
    """Begin: the provider, and the address to send the browser to. What was begun before in this session is good no more."""
    provider = provider_called(code)
    attempt = new_attempt(code, int(now.timestamp()), account_id=account_id, onward=onward)
    address = DIALECTS[provider.kind].address(provider, attempt, way_back(request, code))
    request.session[SESSION_ATTEMPT] = attempt.kept()
    return provider, address


def take_answer(request: HttpRequest, code: str, *, now: dt.datetime) -> Proven:
    """Take what the browser brings back. NotPermitted, noted in the trail, for what was not begun here or proves nobody."""
    provider = provider_called(code)
    attempt = taken_back(request, code, now)
    if attempt is None:
        raise distrusted(provider, "state", now)
    answer: Mapping[str, str] = {name: request.GET[name] for name in request.GET}
    if "error" in answer or not (answer.get("code") or answer.get("authCode")):
        raise NotPermitted(
            _("您没有在“%(label)s”完成授权。") % {"label": provider.label}, advice=_("请重新选择登录方式。"), code="not_granted"
        )
    try:
        subject = DIALECTS[provider.kind].subject(provider, attempt, answer, way_back(request, code), now=now)
    except Untrusted as error:
        raise distrusted(provider, str(error), now) from error
    except NotPermitted as error:
        raise distrusted(provider, "code", now) from error
    except Unavailable:
        note(provider, "silent", now)
        raise
    return Proven(provider, subject, attempt)


def taken_back(request: HttpRequest, code: str, now: dt.datetime) -> Attempt | None:
    """The attempt of this session that an answer belongs to; whatever it is, it is not there a second time."""
    attempt = attempt_of(request.session.pop(SESSION_ATTEMPT, None))
    state = request.GET.get("state", "")
    return attempt if attempt is not None and attempt.answered_by(code, state, int(now.timestamp())) else None


def way_back(request: HttpRequest, code: str) -> str:
    """The one address that this provider sends the browser back to; each has its own, so that no answer is taken for another's."""
    return request.build_absolute_uri(f"/sign-in/back/{code}/")


def distrusted(provider: Provider, why: str, now: dt.datetime) -> NotPermitted:
    """The refusal of an answer, noted."""
    note(provider, why, now)
    return refused()


@transaction.atomic
def note(provider: Provider, why: str, now: dt.datetime) -> None:
    """Keep a failed try."""
    record("identity.refuse", Identity(), by=system(_("登录页")), now=now, after={"provider": provider.code, "why": why})
