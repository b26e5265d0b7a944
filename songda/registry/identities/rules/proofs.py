"""What a browser carries to a provider and back 往返凭据: a state and a nonce that cannot be guessed, and PKCE's challenge (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass

LIVES = 10 * 60  # seconds that somebody may take at the provider


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way out and back, good once. `account_id`: the account that is to be bound; None to come in. `at`: Unix seconds."""

    provider: str
    state: str
    nonce: str
    verifier: str
    at: int
    account_id: int | None = None
    onward: str = ""

    @property
    def challenge(self) -> str:
        """PKCE's S256 challenge of the verifier."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    def kept(self) -> dict[str, object]:
        """As a session keeps it."""
        return asdict(self)

    def answered_by(self, provider: str, state: str, at: int) -> bool:
        """Whether an answer belongs to it: from the provider asked, with its state, in time."""
        return self.provider == provider and hmac.compare_digest(self.state, state) and 0 <= at - self.at <= LIVES


def new_attempt(provider: str, at: int, *, account_id: int | None = None, onward: str = "") -> Attempt:
    """An attempt with words of its own, 256 bits each."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _each in range(3))
    return Attempt(provider, state, nonce, verifier, at, account_id, onward[:500])


def attempt_of(kept: object) -> Attempt | None:
    """The attempt that a session has kept, if it is one."""
    try:
        return Attempt(**kept) if isinstance(kept, Mapping) else None
    except TypeError:
        return None
