"""What held of whom at which day 时点: rows in force laid out so that many (subject, day) pairs are answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]
DAY_SPAN = 1 << 22
DAY_SHIFT = 1 << 21
UNKNOWN = -1


@dataclass(frozen=True)
class Track:
    """One fact: rows in force sorted by subject and day, with a number or the place of a text."""

    subjects: Ints
    days: Ints
    values: Ints

    def at(self, subjects: Ints, days: Ints) -> Ints:
        """The value of each (subject, day): of the subject's latest row no later than the day; UNKNOWN where there is none."""
        if not len(self.subjects):
            return np.full(len(subjects), UNKNOWN, np.int64)
        place = np.searchsorted(paired(self.subjects, self.days), paired(subjects, days), side="right") - 1
        safe = np.maximum(place, 0)
        held = (place >= 0) & (self.subjects[safe] == subjects)
        return np.where(held, self.values[safe], UNKNOWN)


def paired(subjects: Ints, days: Ints) -> Ints:
    """Subject and day in one sortable number; days before 1970 are negative."""
    return subjects * DAY_SPAN + (days + DAY_SHIFT)


def words_of(places: Ints, vocabulary: Mapping[str, int]) -> Texts:
    """Places of texts as texts; '' for none."""
    words = np.full(len(vocabulary) + 1, "", object)
    for word, place in vocabulary.items():
        words[place] = word
    return words[np.where(places < 0, len(vocabulary), places)]
