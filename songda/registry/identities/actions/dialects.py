"""The one port to all providers: an address to send the browser to, and the subject that its answer proves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Protocol

from songda.registry.identities.actions import dialect_dingtalk, dialect_oidc, dialect_wecom
from songda.registry.identities.rules.proofs import Attempt
from songda.registry.identities.rules.providers import Provider


class Dialect(Protocol):
    """How one kind of provider is spoken to."""

    def address(self, provider: Provider, attempt: Attempt, back: str) -> str:
        """Where the browser is sent; `back` is where it comes back to. Unavailable where the provider is down."""

    def subject(self, provider: Provider, attempt: Attempt, answer: Mapping[str, str], back: str, *, now: dt.datetime) -> str:
        """Whom the answer proves. Untrusted or NotPermitted where it proves nobody, Unavailable where the provider is down."""


DIALECTS: Mapping[str, Dialect] = {"oidc": dialect_oidc, "dingtalk": dialect_dingtalk, "wecom": dialect_wecom}
