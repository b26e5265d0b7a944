"""What a return would change: its cells against what is held. Only changes are ever written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from songda.engines.rules.catalogue import Kind
from songda.registry.facts.models import FactDefinition
from songda.registry.facts.queries.held import Held, Ints

DAY_SPAN = 1 << 22  # room for days in a key of subject and day; days before 1970 are negative
DAY_SHIFT = 1 << 21


@dataclass(frozen=True)
class Cells:
    """One column of a return: at each row a subject, the day its value holds from, and the value, stored.

    A subject and day occur once. `texts` are the codes of a CODE fact, empty otherwise.
    """

    fact: FactDefinition
    subjects: Ints
    days: Ints
    nums: Ints
    texts: tuple[str, ...] = ()

    def where(self, kept: npt.NDArray[np.bool_]) -> Cells:
        """Some of the rows."""
        texts = tuple(text for text, keep in zip(self.texts, kept.tolist(), strict=True) if keep) if self.texts else ()
        return Cells(self.fact, self.subjects[kept], self.days[kept], self.nums[kept], texts)


def changes(cells: Sequence[Cells], known: Held) -> list[Cells]:
    """The cells that say something that is not held already."""
    found = (one.where(differs(one, known.of(one.fact.pk))) for one in cells)
    return [one for one in found if len(one.subjects)]


def differs(cells: Cells, known: Held) -> npt.NDArray[np.bool_]:
    """Where a cell is not what is held as of its day.

    Years of a series and days of an event stand for themselves; other values hold until the next. A fact that goes stale
    is written again when the same value is confirmed on a later day: the day it was taken is then what changed.
    """
    if not len(known.subjects):
        return np.ones(len(cells.subjects), bool)
    kind = Kind(cells.fact.kind)
    wanted, there = keys(cells.subjects, cells.days), keys(known.subjects, known.days)
    place = np.searchsorted(there, wanted, side="right") - 1
    safe = np.maximum(place, 0)
    found = (place >= 0) & (known.subjects[safe] == cells.subjects)
    if kind in (Kind.SERIES, Kind.EVENT):
        found &= known.days[safe] == cells.days
    same = known.texts[safe] == places(cells, known) if kind is Kind.CODE else known.nums[safe] == cells.nums
    if cells.fact.freshness_days is not None:
        same &= known.days[safe] == cells.days
    new: npt.NDArray[np.bool_] = ~(found & same)
    return new


def keys(subjects: Ints, days: Ints) -> Ints:
    """Subject and day in one sortable number."""
    return subjects * DAY_SPAN + (days + DAY_SHIFT)


def places(cells: Cells, known: Held) -> Ints:
    """Where the codes of cells stand in what is held; a place of their own for new ones."""
    return np.array([known.vocabulary.get(text, -2) for text in cells.texts], np.int64)
