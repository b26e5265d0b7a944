"""Columns 列: one fact of all subjects, in the narrowest codes that hold it.

Columns are named as in a snapshot file (see `snapshot.py`): a fact's code; `<code>__<year>` for a series,
`<code>__<yyyymmdd>` for a list on another day than the snapshot's, `<code>__asof` for the day a value was taken.
Numbers are stored integers (base units × `Unit.scale`), dates are days since 1970-01-01.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from songda.engines.match.rails import WORD, Rows, Words, pack, unpack, words_for
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind

ASOF = "asof"
NEVER = -1_000_000  # the stored day of an event that is known never to have happened
_NARROW = (np.int8, np.int16, np.int32, np.int64)


class FrameError(ValueError):
    """A column that cannot be: of no known fact, of another length, or with values of another kind."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: integers (`data`, narrow), dictionary codes (`data` with `names`) or packed bits (`bits`).

    `known` has a bit for every subject whose value is there (None: all); elsewhere `data` holds 0.
    `reach` is the greatest absolute value.
    """

    data: npt.NDArray[Any]
    known: Words | None = None
    reach: int = 0
    names: tuple[str, ...] = ()
    bits: bool = False

    def slice(self, start: int, stop: int) -> Column:
        """Subjects start … stop (start a multiple of 64), without copying."""
        words = slice(start // WORD, words_for(stop))
        known = None if self.known is None else self.known[words]
        return Column(self.data[words if self.bits else slice(start, stop)], known, self.reach, self.names, self.bits)

    def take(self, rows: Rows, n: int) -> Column:
        """The subjects at these rows, of n."""
        known = None if self.known is None else pack(unpack(self.known, n)[rows])
        data = pack(unpack(self.data, n)[rows]) if self.bits else self.data[rows]
        return Column(data, known, self.reach, self.names, self.bits)


def fact_of(name: str, catalogue: Catalogue) -> tuple[FactKind, str]:
    """The fact of a column and what follows its code (`2019`, `asof` or nothing)."""
    code, _, rest = name.partition("__")
    fact = catalogue.by_code.get(code)
    if fact is None:
        raise FrameError(f"列「{name}」没有对应的事实：请在事实目录登记 {code}，或从快照去掉该列")
    return fact, rest


def encode(name: str, values: npt.NDArray[Any], catalogue: Catalogue) -> Column:
    """An array as the column `name`, in the representation of its fact's kind."""
    fact, rest = fact_of(name, catalogue)
    missing = np.ma.getmaskarray(values)
    if fact.kind is Kind.CODE and rest != ASOF:
        return encode_texts(values, missing, catalogue, fact)
    if values.dtype.kind not in "bui":
        raise FrameError(f"列「{name}」应为整数或是否值，实为 {values.dtype}")
    plain = np.ma.getdata(values)
    known = pack(~missing) if missing.any() else None
    if fact.kind in (Kind.BOOL, Kind.LIST) and rest != ASOF:
        flags = plain.astype(bool)
        return Column(pack(flags & ~missing if known is not None else flags), known, 1, bits=True)
    return encode_integers(plain, missing, known)


def encode_integers(values: npt.NDArray[Any], missing: npt.NDArray[np.bool_], known: Words | None) -> Column:
    """Integers in the narrowest type that holds them."""
    filled = np.where(missing, values.dtype.type(0), values) if known is not None else values
    low, high = (int(filled.min()), int(filled.max())) if filled.size else (0, 0)
    kind = next(kind for kind in _NARROW if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)
    return Column(np.ascontiguousarray(filled, kind), known, max(abs(low), abs(high)))


def encode_texts(values: npt.NDArray[Any], missing: npt.NDArray[np.bool_], catalogue: Catalogue, fact: FactKind) -> Column:
    """Code texts as places in their dictionary."""
    texts = np.ma.getdata(values).tolist()
    gone = [bad or text is None for text, bad in zip(texts, missing.tolist(), strict=True)]
    found = {str(text) for text, bad in zip(texts, gone, strict=True) if not bad}
    names = in_order(found, catalogue, fact)
    place = {text: at for at, text in enumerate(names)}
    codes = np.array([0 if bad else place[str(text)] for text, bad in zip(texts, gone, strict=True)], np.int64)
    return encode_codes(codes, np.array(gone, bool), names)


def encode_codes(codes: npt.NDArray[Any], missing: npt.NDArray[np.bool_], names: tuple[str, ...]) -> Column:
    """Places in a dictionary in the narrowest unsigned type."""
    filled = np.where(missing, 0, codes).astype(np.min_scalar_type(max(len(names) - 1, 0)))
    return Column(filled, pack(~missing) if missing.any() else None, len(names), names)


def in_order(texts: set[str], catalogue: Catalogue, fact: FactKind) -> tuple[str, ...]:
    """Codes sorted by their path from the top of the code list, so that everything below a code is one run of places."""
    codes = catalogue.code_lists.get(fact.code_list)
    if codes is None:
        return tuple(sorted(texts))
    return tuple(sorted(texts, key=lambda text: codes.lineage(text)[::-1]))
