"""Asking a provider 询问提供方: its answers are JSON, and its silence is said to the person at the door."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
from django.utils.translation import gettext as _

from songda.kernel import outside
from songda.kernel.errors import NotPermitted, Unavailable
from songda.registry.identities.rules.providers import Provider

PATIENCE = httpx.Timeout(6.0, connect=3.0)
LARGEST = 1 << 20  # bytes of an answer


def client() -> httpx.Client:
    """A connection to whichever address is asked for."""
    return outside.client(patience=PATIENCE)


def answer_of(provider: Provider, call: Callable[[], httpx.Response]) -> dict[str, Any]:
    """What a provider answers. Unavailable where it does not, NotPermitted where it refuses (a code used before, a wrong secret)."""
    try:
        response = call()
    except httpx.HTTPError as error:
        raise silent(provider) from error
    if response.is_client_error:
        raise refused()
    try:
        found = json.loads(response.content[:LARGEST])
    except ValueError as error:
        raise silent(provider) from error
    if response.status_code != httpx.codes.OK or not isinstance(found, dict):
        raise silent(provider)
    return found


def silent(provider: Provider) -> Unavailable:
    """The provider cannot be asked now."""
    return Unavailable(
        _("“%(label)s”暂时没有应答。") % {"label": provider.label}, advice=_("请稍后再试，或改用登录名和口令登录。")
    )


def refused() -> NotPermitted:
    """The answer that came back is not believed. Why is in the trail, not on the page."""
    return NotPermitted(
        _("这次登录没有得到确认，未予登录。"),
        advice=_("请回到登录页重新开始；仍不行时，请用登录名和口令登录。"),
        code="identity_not_confirmed",
    )
