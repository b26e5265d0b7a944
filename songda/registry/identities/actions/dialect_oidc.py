"""OpenID Connect 统一身份认证: discovery, authorization code with PKCE, and an ID token that is checked before it is believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import httpx
from django.conf import settings

from songda.kernel import clock
from songda.kernel.outside import fault_of_address
from songda.registry.identities.actions.calls import answer_of, client, silent
from songda.registry.identities.rules.proofs import Attempt
from songda.registry.identities.rules.providers import Provider
from songda.registry.identities.rules.tokens import Expected, Untrusted, subject_of

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def address(provider: Provider, attempt: Attempt, back: str) -> str:
    """Where the browser is sent."""
    asked = {
        "response_type": "code",
        "scope": "openid",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
    }
    with client() as calls:
        found = discovered(provider, calls)
    return str(httpx.URL(found["authorization_endpoint"]).copy_merge_params(asked))


def subject(provider: Provider, attempt: Attempt, answer: Mapping[str, str], back: str, *, now: dt.datetime) -> str:
    """Whom the provider has before it: the code is changed for a token, and the token is checked."""
    if answer.get("iss", provider.issuer) != provider.issuer:  # RFC 9207: an answer of another provider
        raise Untrusted("the answer names another issuer")
    with client() as calls:
        found = discovered(provider, calls)
        tokens = answer_of(provider, lambda: change(provider, attempt, answer.get("code", ""), back, found, calls))
        keys = answer_of(provider, lambda: calls.get(found["jwks_uri"]))
    expected = Expected(
        provider.issuer, provider.client_id, attempt.nonce, provider.algorithms, int(clock.elsewhere(now).timestamp())
    )
    return subject_of(str(tokens.get("id_token", "")), keys, expected)


def discovered(provider: Provider, calls: httpx.Client) -> dict[str, Any]:
    """The provider's own description; it must be of the issuer configured, and its addresses fit to be used."""
    place = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    found = answer_of(provider, lambda: calls.get(place))
    if found.get("issuer") != provider.issuer:
        raise silent(provider)
    if any(fault_of_address(str(found.get(name, "")), loopback=settings.DEMONSTRATION) for name in ENDPOINTS):
        raise silent(provider)
    return found


def change(
    provider: Provider, attempt: Attempt, code: str, back: str, found: Mapping[str, Any], calls: httpx.Client
) -> httpx.Response:
    """The code for tokens, with the proof that we are who began, and our secret in the way the provider takes it."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": attempt.verifier}
    own = {"client_id": provider.client_id, "client_secret": provider.client_secret}
    if "client_secret_basic" in found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        basic = httpx.BasicAuth(provider.client_id, provider.client_secret)
        return calls.post(found["token_endpoint"], data=form, auth=basic)
    return calls.post(found["token_endpoint"], data=form | own)
