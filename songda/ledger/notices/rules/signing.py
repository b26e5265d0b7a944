"""Signing what programs are told, by Standard Webhooks: HMAC-SHA256 over 'id.timestamp.body' with the decoded secret, base64."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
TOLERANCE = 5 * 60  # seconds that a message may be old, or ahead


def new_secret() -> str:
    """A secret of 256 bits, in the form the standard's libraries read."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, number: str, at: int, body: bytes) -> str:
    """One signature of a message; `at` in Unix seconds."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.new(key, f"{number}.{at}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(mac.digest()).decode()}"


def headers(signing: Sequence[str], number: str, at: int, body: bytes) -> dict[str, str]:
    """The headers of a message: one signature for each secret, so that a program may change over in its own time."""
    return {
        "webhook-id": number,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(one, number, at, body) for one in signing),
    }


def is_genuine(secret: str, given: Mapping[str, str], body: bytes, at: int) -> bool:
    """Whether a message with these headers (in small letters) was signed with the secret and is fresh."""
    told = given.get("webhook-timestamp", "")
    if not (told.isascii() and told.isdecimal()) or abs(at - int(told)) > TOLERANCE:
        return False
    right = signature(secret, given.get("webhook-id", ""), int(told), body)
    return any(hmac.compare_digest(right, one) for one in given.get("webhook-signature", "").split(" "))
