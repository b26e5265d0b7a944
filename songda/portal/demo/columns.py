"""Columns of facts under construction: what each source knows of a register, with the gaps that real sources have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from songda.engines.rules.catalogue import Catalogue, Kind
from songda.portal.demo.economy import Flags, Ints, Rng, Texts

Day = dt.date
COMPLETE = frozenset({"registry", "science"})  # sources whose completeness does not depend on the register


@dataclass(frozen=True, slots=True)
class Column:
    """One fact about some subjects of a register: their places in it, and a stored number or a code for each, valid from a day."""

    fact: str
    source: str
    rows: Ints
    days: Ints  # proleptic ordinals
    values: Ints | Texts
    coded: bool


class Sheet:
    """Collects the columns of one register. `put` keeps a value only for the subjects whose source happens to know it."""

    def __init__(self, catalogue: Catalogue, rng: Rng, count: int, quality: int) -> None:
        self.catalogue, self.rng, self.count, self.quality = catalogue, rng, count, quality / 100
        self.columns: list[Column] = []

    def put(
        self, fact: str, values: Any, *, source: str, day: Day | Ints, known: float | None = None, where: Flags | None = None
    ) -> None:
        """Add a fact: numbers in base units (元, 人; True and False for 是 and 否), texts for codes, ordinals for dates.

        `known` is how often the source has it (None: always; else times the register's quality, but for complete sources),
        `where` whom it can concern at all.
        """
        chosen = (
            np.full(self.count, True) if known is None else self.chance(known if source in COMPLETE else known * self.quality)
        )
        if where is not None:
            chosen &= where
        rows = np.flatnonzero(chosen)
        if len(rows) == 0:
            return
        chosen_values = np.broadcast_to(np.asarray(values), (self.count,))[rows]
        days = np.broadcast_to(np.asarray(day.toordinal() if isinstance(day, dt.date) else day), (self.count,))[rows]
        coded = self.catalogue.by_code[fact].kind is Kind.CODE
        stored = chosen_values.astype(object) if coded else self._stored(fact, chosen_values)
        self.columns.append(Column(fact, source, rows, days, stored, coded))

    def _stored(self, fact: str, values: Any) -> Ints:
        """Whole stored units (fen, millionths): integers stay exact, rates are rounded once."""
        kind = self.catalogue.by_code[fact]
        scale = kind.measure.scale if kind.kind in (Kind.NUM, Kind.SERIES) else 1
        if np.issubdtype(values.dtype, np.floating):
            values = np.rint(values * scale)
            scale = 1
        stored: Ints = values.astype(np.int64) * scale
        return stored

    def chance(self, share: float) -> Flags:
        """Which subjects something holds for."""
        return self.rng.random(self.count) < share

    def spread(self, median: float, sigma: float) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Lognormal draws around a median."""
        return self.rng.lognormal(np.log(median), sigma, self.count)
