"""Bit rails 位轨: a three-valued column as two packed bit vectors, and Kleene's logic on them, 64 subjects a word.

`yes` marks subjects for which a condition is certainly true, `maybe` those for which it may be (true or 待核).
是 = yes, 待核 = maybe and not yes, 否 = not maybe. Bits past the last subject are free until `sealed` clears them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

WORD = 64


class Rails(NamedTuple):
    """One three-valued column. Where nothing is 待核 both rails are the same array, which the operators exploit."""

    yes: Words
    maybe: Words


def words_for(n: int) -> int:
    """How many words hold n bits."""
    return -(-n // WORD)


def pack(flags: Flags) -> Words:
    """Flags, one a subject, as packed words; bits past the end are 0."""
    packed = np.packbits(flags, bitorder="little")
    short = -packed.size % 8
    return (np.concatenate([packed, np.zeros(short, np.uint8)]) if short else packed).view(np.uint64)


def unpack(words: Words, n: int) -> Flags:
    """The first n bits as flags."""
    return np.unpackbits(words.view(np.uint8), count=n, bitorder="little").view(np.bool_)


def filled(n: int) -> Words:
    """n set bits (and set bits past the end)."""
    return np.full(words_for(n), ~np.uint64(0), np.uint64)


def sealed(words: Words, n: int) -> Words:
    """Clear, in place, the bits past the n-th."""
    if n % WORD:
        words[-1] &= np.uint64((1 << n % WORD) - 1)
    return words


def count(words: Words) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(words).sum(dtype=np.int64))


def rows_of(words: Words, n: int) -> Rows:
    """The positions of the set bits, ascending. Words without a bit are skipped first, so few rows cost little."""
    busy = np.flatnonzero(words)
    if busy.size * 4 > words.size:
        return np.flatnonzero(unpack(words, n))
    flags = np.unpackbits(words[busy].view(np.uint8), bitorder="little").view(np.bool_)
    at = np.flatnonzero(flags)
    rows: Rows = busy[at >> 6] * WORD + (at & 63)
    return rows


def settled(true: Words, known: Words | None) -> Rails:
    """The rails of a condition that is `true` where its facts are `known` and 待核 elsewhere (None: known everywhere)."""
    if known is None:
        return Rails(true, true)
    return Rails(true & known, true | ~known)


def both(left: Words | None, right: Words | None) -> Words | None:
    """Known on both sides; None stands for known everywhere."""
    if left is None or left is right:
        return right
    return left if right is None else left & right


def every(items: Sequence[Rails]) -> Rails:
    """且: the smaller of Kleene's values."""
    return _fold(np.bitwise_and, items)


def some(items: Sequence[Rails]) -> Rails:
    """或: the greater of Kleene's values."""
    return _fold(np.bitwise_or, items)


def inverse(item: Rails) -> Rails:
    """非: the rails change places and are inverted, so 待核 stays 待核."""
    no = ~item.yes
    return Rails(no, no) if item.maybe is item.yes else Rails(~item.maybe, no)


def at_least(least: int, items: Sequence[Rails]) -> Rails:
    """至少 n 项: 是 if that many are 是, 待核 if 是 and 待核 together reach it, else 否."""
    yes = _reach(least, [item.yes for item in items])
    if all(item.maybe is item.yes for item in items):
        return Rails(yes, yes)
    return Rails(yes, _reach(least, [item.maybe for item in items]))


def _fold(operation: np.ufunc, items: Sequence[Rails]) -> Rails:
    yes = _reduce(operation, [item.yes for item in items])
    if all(item.maybe is item.yes for item in items):
        return Rails(yes, yes)
    return Rails(yes, _reduce(operation, [item.maybe for item in items]))


def _reduce(operation: np.ufunc, parts: list[Words]) -> Words:
    """Fold into one fresh array (a single part is passed through as it is)."""
    if len(parts) == 1:
        return parts[0]
    total: Words = operation(parts[0], parts[1])
    for part in parts[2:]:
        operation(total, part, out=total)
    return total


def _reach(least: int, parts: Sequence[Words]) -> Words:
    """Where at least `least` of the parts are set: a counter kept as bit planes, added with carries, compared from the top."""
    planes: list[Words] = []
    for part in parts:
        carry = part
        for place, plane in enumerate(planes):
            planes[place], carry = plane ^ carry, plane & carry
        if (1 << len(planes)) <= len(parts):
            planes.append(carry)
    return _no_less(planes, least, parts[0].size if parts else 0)


def _no_less(planes: list[Words], least: int, size: int) -> Words:
    """Where the counter in bit planes (lowest first) is ≥ least."""
    if least >> len(planes):
        return np.zeros(size, np.uint64)
    above, equal = np.zeros(size, np.uint64), np.full(size, ~np.uint64(0))
    for place in reversed(range(len(planes))):
        if least >> place & 1:
            equal &= planes[place]
        else:
            above |= equal & planes[place]
            equal &= ~planes[place]
    return above | equal
