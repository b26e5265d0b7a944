"""What a dictionary promises: numbers in its name are counts (“六难” has six, “两级三层一统筹” 2 + 3 + 1), parents exist, codes are once."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from songda.kernel.words import gettext as _

_NUMERALS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
# Numerals that count nothing: ordinals, decimals of dates, and words that merely hold one.
_NO_COUNT = re.compile(
    r"第[一二三四五六七八九十]+|统一(?!筹)|唯一|一般|一致|一体|一批|一类|一企|一策|一次|[一二三四五六七八九十]+[年月日号届]"
)
_NUMERAL = re.compile("[一两二三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with its labels and the code above it (empty: at the top)."""

    code: str
    label: str
    parent: str = ""
    label_en: str = ""


def claimed(name: str) -> int | None:
    """How many entries a name promises: the sum of its counts; None where it promises nothing.

    四个一批 → 4 (一批 is what is counted), 两级三层一统筹 → 6, 第三产业 → None.
    """
    counts = [_value(found) for found in _NUMERAL.findall(_NO_COUNT.sub("·", name))]
    return sum(counts) if counts else None


def problems(name: str, entries: Sequence[Entry], claims: int | None) -> list[str]:
    """Sentences on what is wrong with a dictionary before it is loaded; none means it may be.

    `claims` is the number its name promises (None: nothing): such a dictionary keeps it with its leaves, and each of its
    entries with others below it keeps what its own label promises.
    """
    codes = Counter(one.code for one in entries)
    below = Counter(one.parent for one in entries if one.parent)
    found = [_("代码“%(code)s”重复。") % {"code": code} for code, times in codes.items() if times > 1]
    found += [
        _("“%(code)s”的上级代码“%(parent)s”不在本字典内。") % {"code": one.code, "parent": one.parent}
        for one in entries
        if one.parent and one.parent not in codes
    ]
    leaves = sum(one.code not in below for one in entries)
    if claims is not None and leaves != claims:
        found.append(_miscount(name, claims, leaves))
    for one in entries if claims is not None else ():  # a standard's headings hold numerals that count nothing (五金, 二七区)
        own = claimed(one.label) if one.code in below else None
        if own is not None and own != below[one.code]:
            found.append(_miscount(one.label, own, below[one.code]))
    return found


def digest_of(entries: Iterable[Entry]) -> str:
    """SHA-256 over the entries in their order: equal content, equal digest."""
    return hashlib.sha256(repr([astuple(one) for one in entries]).encode()).hexdigest()


def _miscount(name: str, said: int, found: int) -> str:
    return _("“%(name)s”名称所称为%(said)d条，实为%(found)d条，请补齐或更名。") % {"name": name, "said": said, "found": found}


def _value(numeral: str) -> int:
    """一 … 九十九."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return sum(_NUMERALS[one] for one in numeral)
    return (_NUMERALS[tens[-1]] if tens else 1) * 10 + (_NUMERALS[ones[0]] if ones else 0)
