"""Numbers as pages of this room print them: rounded half up, with thousands marks."""

from __future__ import annotations

import re
from fractions import Fraction

_DECIMAL = re.compile(r"\d{1,12}(\.\d{1,6})?")


def figure(number: Fraction | None, decimals: int = 0) -> str:
    """1234.5 → 1,234.5 with one decimal; — for none."""
    if number is None:
        return "—"
    scale = 10**decimals
    whole = int((abs(number) * scale * 2 + 1) // 2)
    text = f"{whole // scale:,}" + (f".{whole % scale:0{decimals}d}" if decimals else "")
    return f"-{text}" if number < 0 and whole else text


def share(part: Fraction | None) -> str:
    """A share of one in per cent, two decimals: 0.2131 → 21.31%."""
    return "—" if part is None else f"{figure(part * 100, 2)}%"


def places(number: Fraction) -> int:
    """How many decimals write it exactly, six at most."""
    return next((scale for scale in range(6) if (number * 10**scale).denominator == 1), 6)


def read_number(text: str) -> Fraction | None:
    """A positive decimal as people write it (12,500 or 12500.5, full-width digits too); None for anything else."""
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,")).replace(",", "")
    return Fraction(plain) if _DECIMAL.fullmatch(plain) and Fraction(plain) > 0 else None
