"""How a write is written down: plain values, digests in place of personal ones, one canonical text a row, one chain."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Mapping, Sequence

START = ""  # what the first seal is chained to


def plain(value: object) -> object:
    """A value as JSON holds it the same on every database: times in UTC, numbers exact, no NUL in text."""
    match value:
        case None | bool() | int():
            return value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case str():
            return str(value).replace("\0", "")
        case Sequence() | set() | frozenset():
            return [plain(item) for item in (value if isinstance(value, Sequence) else sorted(value))]
        case _:
            return str(value)


def digest_of(value: object, key: str) -> str:
    """A keyed digest that shows whether two values are the same and never what they are (HMAC-SHA-256, 128 bits)."""
    secret = hashlib.sha256(b"songda.audit.personal:" + key.encode()).digest()
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
    return f"hmac:{hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]}"


def disclosed(values: Mapping[str, object], personal: Collection[str], key: str) -> dict[str, object]:
    """The values as they may be kept: a personal one becomes its digest, an empty one stays empty."""
    return {
        name: digest_of(value, key) if name in personal and value not in (None, "") else plain(value)
        for name, value in values.items()
    }


def canonical(row: Sequence[object]) -> bytes:
    """One row as the bytes that are hashed: JSON with sorted keys, no spaces, one line."""
    return json.dumps([plain(value) for value in row], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def chained(previous: str, first_id: int, last_id: int, rows: Iterable[Sequence[object]]) -> tuple[str, int]:
    """The digest of a range of rows upon the digest before it, and how many rows there were."""
    digest = hashlib.sha256(f"{previous}:{first_id}:{last_id}\n".encode())
    count = 0
    for row in rows:
        digest.update(canonical(row))
        count += 1
    return digest.hexdigest(), count
