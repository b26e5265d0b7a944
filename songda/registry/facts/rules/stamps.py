"""A number for what an entry says 内容戳: the same words, the same number."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

UNKNOWN = 0
"""No stamp yet: whoever wants to know must read the entry."""
BITS = 48  # so that the stamps of 32,000 entries add up within 63 bits


def stamp_of(says: Mapping[str, object]) -> int:
    """A number from 1 to 2⁴⁸ made of all of an entry's columns by name."""
    text = repr(sorted((name, _plain(value)) for name, value in says.items()))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[: BITS // 8], "big") or 1


def _plain(value: object) -> object:
    return [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
