"""Chinese and Arabic numerals 数字: 二十六, 一百零五, 壹佰, 5,000, 1.5, full-width digits."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

_DIGITS = {
    sign: value
    for value, signs in enumerate(("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for sign in signs
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

_SIGNS = _DIGITS.keys() | _SMALL.keys() | _LARGE.keys()

HAN = "零〇○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
# Characters that read the same in one place each, so that offsets in the shadow are offsets in the text.
_SHADOW = str.maketrans(
    "０１２３４５６７８９％．（）：；～－—–﹣後 \u3000\t\r\ufeff\u200b",
    "0123456789%.():;~----后" + " " * 6,
)


_LONG = 1000


def shadow(text: str) -> str:
    """`text` with full-width digits and marks in half width, character for character (same length, same offsets).

    Kept for the last few long texts, since every step asks for the shadow of the whole document again, and apart from them
    for the last clauses, which would push those out.
    """
    return _whole(text) if len(text) > _LONG else _piece(text)


@lru_cache(maxsize=16)
def _whole(text: str) -> str:
    return text.translate(_SHADOW)


@lru_cache(maxsize=4096)
def _piece(text: str) -> str:
    return text.translate(_SHADOW)


def arabic(text: str) -> Decimal | None:
    """The value of a numeral in either script, or None where it is not one."""
    plain = shadow(text).replace(",", "").replace("，", "").replace(" ", "")
    if plain and plain.replace(".", "", 1).isdecimal() and plain.isascii() and plain[0] != "." and plain[-1] != ".":
        return Decimal(plain)
    whole, point, places = plain.partition("点")
    if point:
        return _pointed(whole, places)
    return _han(plain)


def _pointed(whole: str, places: str) -> Decimal | None:
    # 零点五, 二点二五: after the point only digits are read, one by one.
    before = _han(whole)
    if before is None or not places or not set(places) <= _DIGITS.keys():
        return None
    return before + Decimal("0." + "".join(str(_DIGITS[sign]) for sign in places))


def _han(text: str) -> Decimal | None:
    if not text or not set(text) <= _SIGNS:
        return None
    if set(text) <= _DIGITS.keys():
        return Decimal("".join(str(_DIGITS[sign]) for sign in text))
    total = part = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SMALL:
            part += (digit or 1) * _SMALL[sign]
            digit = 0
        else:
            total += (part + digit or 1) * _LARGE[sign]
            part = digit = 0
    return Decimal(total + part + digit)
