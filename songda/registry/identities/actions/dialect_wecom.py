"""WeCom 企业微信, by its public documents: a login page of the corporation, and the member's userid. HTTP 200 proves nothing there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from songda.registry.identities.actions.calls import answer_of, client
from songda.registry.identities.rules.proofs import Attempt
from songda.registry.identities.rules.providers import Provider
from songda.registry.identities.rules.tokens import Untrusted


def address(provider: Provider, attempt: Attempt, back: str) -> str:
    """Where the browser is sent."""
    asked = {
        "login_type": "CorpApp",
        "appid": provider.client_id,
        "agentid": provider.agent,
        "redirect_uri": back,
        "state": attempt.state,
    }
    return f"{provider.login_url}/wwlogin/sso/login?{urlencode(asked)}"


def subject(provider: Provider, _attempt: Attempt, answer: Mapping[str, str], _back: str, *, now: dt.datetime) -> str:
    """The userid of the member whom WeCom has before it. Who is no member of the corporation has none."""
    del now
    with client() as calls:
        secret = {"corpid": provider.client_id, "corpsecret": provider.client_secret}
        token = asked_of(provider, calls, "/cgi-bin/gettoken", secret)
        asked = {"access_token": str(token.get("access_token", "")), "code": answer.get("code", "")}
        found = asked_of(provider, calls, "/cgi-bin/auth/getuserinfo", asked)
    user = found.get("userid")
    if not isinstance(user, str) or not user:
        raise Untrusted("no member of the corporation")
    return user


def asked_of(provider: Provider, calls: httpx.Client, path: str, query: Mapping[str, str]) -> dict[str, Any]:
    """One question; `errcode` says whether it was answered."""
    found = answer_of(provider, lambda: calls.get(f"{provider.base_url}{path}", params=query))
    if found.get("errcode") != 0:
        raise Untrusted(f"errcode {found.get('errcode')}")
    return found
