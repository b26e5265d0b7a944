"""Whole numbers 整数 that people write: plain digits, no more than a column keeps."""

from __future__ import annotations

from typing import Final

MOST: Final = 2**31 - 1
"""What an integer column of either database keeps."""


def whole_number(text: str, most: int = MOST) -> int | None:
    """The number 0 … `most` that a text is, in half or full width; None for anything else ('²' and '①' are digits, and no numbers)."""
    if not text.isdecimal() or len(text) > len(str(most)) + 3:
        return None
    number = int(text)
    return number if number <= most else None
