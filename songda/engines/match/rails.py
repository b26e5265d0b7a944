"""Bit rails 位轨: a three-valued column as two packed bit vectors, and Kleene's logic on them, 64 subjects a word.

Row 0 (`YES`) marks subjects for which a condition is certainly true, row 1 (`MAYBE`) those for which it may be (true or
待核). 是 = row 0, 待核 = row 1 and not row 0, 否 = not row 1. Both rows lie in one array, so one operation on whole words
does 且 or 或 for both. Bits past the last subject are free until `sealed` clears them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]  # bits
Rails = npt.NDArray[np.uint64]  # two rows of bits
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

WORD = 64
YES, MAYBE = 0, 1


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


def sealed(words: Words, n: int) -> Words:
    """Clear, in place, the bits past the n-th (of each row, where there are several)."""
    if n % WORD:
        words[..., -1] &= np.uint64((1 << n % WORD) - 1)
    return words


def count(words: Words) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(words).sum(dtype=np.int64))


def tallied(answers: Words, n: int) -> npt.NDArray[np.int64]:
    """How many bits are set along the last axis; bits past the n-th are cleared."""
    counts: npt.NDArray[np.int64] = np.bitwise_count(sealed(answers, n)).sum(axis=-1, dtype=np.int64)
    return counts


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
    rails = np.empty((2, true.size), np.uint64)
    if known is None:
        rails[:] = true
        return rails
    np.bitwise_and(true, known, out=rails[YES])
    np.invert(known, out=rails[MAYBE])
    rails[MAYBE] |= rails[YES]
    return rails


def open_in(rails: Rails) -> Words:
    """Where the answer is 待核."""
    words: Words = rails[MAYBE] & ~rails[YES]
    return words


def both(left: Words | None, right: Words | None) -> Words | None:
    """Known on both sides; None stands for known everywhere."""
    if left is None or left is right:
        return right
    return left if right is None else left & right


def every(items: Sequence[Rails], out: Rails | None = None) -> Rails:
    """且: the smaller of Kleene's values; in `out`, where it is given and there is anything to do."""
    return _fold(np.bitwise_and, items, out)


def some(items: Sequence[Rails], out: Rails | None = None) -> Rails:
    """或: the greater of Kleene's values; in `out` as for `every`."""
    return _fold(np.bitwise_or, items, out)


def inverse(item: Rails, out: Rails | None = None) -> Rails:
    """非: the rails change places and are inverted, so 待核 stays 待核."""
    swapped: Rails = np.invert(item[::-1], out=out)
    return swapped


def at_least(least: int, items: Sequence[Rails]) -> Rails:
    """至少 n 项: 是 if that many are 是, 待核 if 是 and 待核 together reach it, else 否.

    A counter kept as bit planes, added to with carries, then compared with `least` from the top plane down.
    """
    planes: list[Rails] = []
    for item in items:
        carry = item
        for place, plane in enumerate(planes):
            planes[place], carry = plane ^ carry, plane & carry
        if (1 << len(planes)) <= len(items):
            planes.append(carry)
    return _no_less(planes, least, items[0])


def _fold(operation: np.ufunc, items: Sequence[Rails], out: Rails | None) -> Rails:
    """Fold into one array, `out` or fresh (a single item is passed through as it is)."""
    if len(items) == 1:
        return items[0]
    total: Rails = operation(items[0], items[1], out=out)
    for item in items[2:]:
        operation(total, item, out=total)
    return total


def _no_less(planes: list[Rails], least: int, like: Rails) -> Rails:
    """Where the counter in bit planes (lowest first) is ≥ least."""
    if least >> len(planes):
        return np.zeros_like(like)
    above, equal = np.zeros_like(like), np.full_like(like, ~np.uint64(0))
    for place in reversed(range(len(planes))):
        if least >> place & 1:
            equal &= planes[place]
        else:
            above |= equal & planes[place]
            equal &= ~planes[place]
    return above | equal
