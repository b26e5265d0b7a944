"""Folding 归一: one character for one character, so that a place in the folded text is a place in the text."""

from __future__ import annotations

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # full-width ！…～
_OPEN, _CLOSE = "〔［【〖（「『《〈{(", "〕］】〗）」』》〉})"
_FOLDS = str.maketrans(_WIDE | {0x3000: " ", 0: " "} | {ord(one): "[" for one in _OPEN} | {ord(one): "]" for one in _CLOSE})


def fold(text: str) -> str:
    """Lower case, half width, every bracket one of [ ]: `郑政〔２０２０〕5号`, `郑政[2020]5号` and `郑政（2020）5号` are one."""
    return "".join(low if len(low := one.lower()) == 1 else one for one in text).translate(_FOLDS)


def is_han(one: str) -> bool:
    """Whether it is a Han character, of any plane."""
    code = ord(one)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF or code == 0x3007
