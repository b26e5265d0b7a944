"""Signatures of requests and of what comes back: hexadecimal HMAC-SHA256 with the shared secret."""

from __future__ import annotations

import hashlib
import hmac


def request_signature(secret: str, timestamp: str, path: str) -> str:
    """Over 'timestamp\\npath\\n', as the gateways take it."""
    return hmac.new(secret.encode(), f"{timestamp}\n{path}\n".encode(), hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, given: str) -> bool:
    """Whether a body bears the signature of who knows the secret."""
    return hmac.compare_digest(body_signature(secret, body), given)


def body_signature(secret: str, body: bytes) -> str:
    """Over the body, to the byte."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
