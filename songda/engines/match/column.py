"""Columns 列: one fact of all subjects, in the narrowest codes that hold it.

Columns are named as in a snapshot file (see `snapshot.py`): a fact's code; `<code>__<year>` for a series,
`<code>__<yyyymmdd>` for a list on another day than the snapshot's, `<code>__asof` for the day a value was taken.
Numbers are stored integers (base units × `Unit.scale`), dates are days since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from songda.engines.match.rails import WORD, Rows, Words, pack, unpack, words_for
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind

ASOF = "asof"
NEVER = -1_000_000  # the stored day of an event that is known never to have happened
NEAR = 2**31 - 1
_NARROW = (np.int8, np.int16, np.int32, np.int64)


class FrameError(ValueError):
    """A column that cannot be: of no known fact, of another length, or with values of another kind."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: integers (`data`, narrow), places in a dictionary (`data`, `names`) or packed bits (`bits`).

    `known` has a bit for every subject whose value is there (None: all); elsewhere `data` holds 0.
    `reach` is the greatest absolute value. `near` holds 64-bit data cut off at ±`NEAR`: good
    for comparing with any smaller bound, in half the time. `runs`: for each code, the places at or below it, first … end.
    """

    data: npt.NDArray[Any]
    known: Words | None = None
    reach: int = 0
    near: npt.NDArray[np.int32] | None = None
    names: tuple[str, ...] = ()
    runs: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    bits: bool = False

    def slice(self, start: int, stop: int) -> Column:
        """Subjects start … stop (start a multiple of 64), without copying."""
        words = slice(start // WORD, words_for(stop))
        known = None if self.known is None else self.known[words]
        near = None if self.near is None else self.near[start:stop]
        return replace(self, data=self.data[words if self.bits else slice(start, stop)], known=known, near=near)

    def take(self, rows: Rows, n: int) -> Column:
        """The subjects at these rows, of n."""
        known = None if self.known is None else pack(unpack(self.known, n)[rows])
        data = pack(unpack(self.data, n)[rows]) if self.bits else self.data[rows]
        return replace(self, data=data, known=known, near=None)


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
        return encode_texts(values, missing, catalogue.code_lists.get(fact.code_list))
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
    near = np.clip(filled, -NEAR, NEAR).astype(np.int32) if kind is np.int64 else None
    return Column(np.ascontiguousarray(filled, kind), known, max(abs(low), abs(high)), near)


def encode_texts(values: npt.NDArray[Any], missing: npt.NDArray[np.bool_], codes: CodeList | None) -> Column:
    """Code texts (None: missing) as places in their dictionary."""
    texts = [None if bad else text for text, bad in zip(np.ma.getdata(values).tolist(), missing.tolist(), strict=True)]
    names = in_order({str(text) for text in texts if text is not None}, codes)
    place = {text: at for at, text in enumerate(names)}
    places = np.array([0 if text is None else place[str(text)] for text in texts], np.int64)
    return encode_codes(places, np.array([text is None for text in texts], bool), names, codes)


def encode_codes(
    places: npt.NDArray[Any], missing: npt.NDArray[np.bool_], names: tuple[str, ...], codes: CodeList | None
) -> Column:
    """Places in a dictionary (names `in_order`) in the narrowest unsigned type."""
    data = np.where(missing, 0, places).astype(np.min_scalar_type(max(len(names) - 1, 0)))
    return Column(data, pack(~missing) if missing.any() else None, len(names), names=names, runs=_runs(names, codes))


def in_order(texts: Iterable[str], codes: CodeList | None) -> tuple[str, ...]:
    """Codes sorted by their path from the top of the code list, so that everything below a code is one run of places."""
    return tuple(sorted(texts, key=lambda text: _line(text, codes)[::-1]))


def _runs(names: tuple[str, ...], codes: CodeList | None) -> dict[str, tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for code in _line(name, codes):
            places.setdefault(code, []).append(at)
    broken = [code for code, run in places.items() if run[-1] - run[0] + 1 != len(run)]
    if broken:
        raise FrameError(f"代码表中 {broken[0]} 的上下级关系成环，请改正代码表")
    return {code: (run[0], run[-1] + 1) for code, run in places.items()}


def _line(code: str, codes: CodeList | None) -> tuple[str, ...]:
    return (code,) if codes is None else codes.lineage(code)
