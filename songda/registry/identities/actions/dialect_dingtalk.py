"""DingTalk 钉钉, by its public documents: OAuth2 with a code in `authCode`, and the person's unionId."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlencode

from songda.registry.identities.actions.calls import answer_of, client
from songda.registry.identities.rules.proofs import Attempt
from songda.registry.identities.rules.providers import Provider
from songda.registry.identities.rules.tokens import Untrusted


def address(provider: Provider, attempt: Attempt, back: str) -> str:
    """Where the browser is sent."""
    asked = {
        "response_type": "code",
        "scope": "openid",
        "prompt": "consent",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "state": attempt.state,
    }
    return f"{provider.login_url}/oauth2/auth?{urlencode(asked)}"


def subject(provider: Provider, _attempt: Attempt, answer: Mapping[str, str], _back: str, *, now: dt.datetime) -> str:
    """The unionId of whom DingTalk has before it, over a connection of ours to DingTalk alone."""
    del now
    asked = {
        "clientId": provider.client_id,
        "clientSecret": provider.client_secret,
        "code": answer.get("authCode", ""),
        "grantType": "authorization_code",
    }
    with client() as calls:
        token = answer_of(provider, lambda: calls.post(f"{provider.base_url}/v1.0/oauth2/userAccessToken", json=asked))
        bearer = {"x-acs-dingtalk-access-token": str(token.get("accessToken", ""))}
        found = answer_of(provider, lambda: calls.get(f"{provider.base_url}/v1.0/contact/users/me", headers=bearer))
    union = found.get("unionId")
    if not isinstance(union, str) or not union:
        raise Untrusted("no unionId")
    return union
