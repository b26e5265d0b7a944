"""A frame 列框: the facts of n subjects as columns of narrow codes, made once for each snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from songda.engines.match.column import Column, FrameError, encode
from songda.engines.match.rails import Rows
from songda.engines.match.snapshot import read_snapshot
from songda.engines.rules.catalogue import Catalogue


@dataclass(frozen=True)
class Frame:
    """n subjects and their columns. `subjects` are their numbers, in the order of the rows."""

    subjects: Rows
    columns: Mapping[str, Column]

    @cached_property
    def n(self) -> int:
        """How many subjects."""
        return len(self.subjects)

    @classmethod
    def of(cls, columns: Mapping[str, npt.ArrayLike], catalogue: Catalogue, subjects: npt.ArrayLike | None = None) -> Frame:
        """A frame of arrays (`numpy.ma` arrays where values are missing; None counts as missing among texts)."""
        arrays: dict[str, npt.NDArray[Any]] = {name: np.ma.asanyarray(one) for name, one in columns.items()}
        n = max((len(one) for one in arrays.values()), default=0)
        numbers = np.arange(n) if subjects is None else np.asarray(subjects, np.int64)
        uneven = [name for name, one in arrays.items() if len(one) != len(numbers)]
        if uneven:
            raise FrameError(f"列「{uneven[0]}」有 {len(arrays[uneven[0]])} 行，应为 {len(numbers)} 行")
        return cls(numbers, {name: encode(name, one, catalogue) for name, one in arrays.items()})

    @classmethod
    def read(cls, path: str | Path, catalogue: Catalogue, facts_needed: Iterable[str] | None = None) -> Frame:
        """The snapshot at `path` with the columns of these facts only (None: all that the catalogue knows).

        A needed fact without a column is missing for everyone; an unreadable file is a FrameError.
        """
        return cls(*read_snapshot(path, catalogue, facts_needed))

    def column(self, name: str) -> Column | None:
        """The column called `name`; None where the snapshot has none, so that the fact is missing for everyone."""
        return self.columns.get(name)

    def slice(self, start: int, stop: int) -> Frame:
        """Subjects start … stop (start a multiple of 64), without copying."""
        cut = {name: one.slice(start, stop) for name, one in self.columns.items()}
        return Frame(self.subjects[start:stop], cut)

    def take(self, rows: Rows) -> Frame:
        """The subjects at these rows."""
        return Frame(self.subjects[rows], {name: one.take(rows, self.n) for name, one in self.columns.items()})

    @property
    def nbytes(self) -> int:
        """Memory that the columns take."""
        parts = [self.subjects, *(part for one in self.columns.values() for part in (one.data, one.known) if part is not None)]
        return sum(part.nbytes for part in parts)
