"""Sight 所见: the columns of one frame as they count on the day of the decision, stale values taken as missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from songda.engines.match.column import ASOF, Column
from songda.engines.match.frame import Frame
from songda.engines.match.rails import Words, both, pack, words_for
from songda.engines.rules.catalogue import Catalogue, FactKind

Workdays = Callable[[dt.date, int], dt.date]  # the day n working days after a day
EPOCH = dt.date(1970, 1, 1)


class MatchError(ValueError):
    """A rule that cannot be matched: an unknown fact, a missing calendar, a construct with no exact columnar meaning."""


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass
class Sight:
    """One frame (or a block of one) seen on one day."""

    frame: Frame
    catalogue: Catalogue
    on: dt.date
    workdays: Workdays | None = None
    _fresh: dict[str, Words | None] = field(default_factory=dict, repr=False)

    @property
    def n(self) -> int:
        """How many subjects."""
        return self.frame.n

    def fact(self, code: str) -> FactKind:
        """The catalogue's entry; a MatchError where there is none."""
        found = self.catalogue.by_code.get(code)
        if found is None:
            raise MatchError(f"规则用到的事实 {code} 不在事实目录中")
        return found

    def column(self, code: str, latest: bool, part: str = "") -> Column | None:
        """A fact's column with stale values missing (unless `latest`); None if nobody has one."""
        self.fact(code)
        column = self.frame.column(f"{code}__{part}" if part else code)
        if column is None or latest:
            return column
        known = both(column.known, self.fresh(code))
        return column if known is column.known else replace(column, known=known)

    def fresh(self, code: str) -> Words | None:
        """Where the fact's value is not older than the catalogue allows (None: everywhere). No day of taking: never stale."""
        if code not in self._fresh:
            self._fresh[code] = self._taken_in_time(code)
        return self._fresh[code]

    def nowhere(self) -> Words:
        """No subject at all."""
        return np.zeros(words_for(self.n), np.uint64)

    def _taken_in_time(self, code: str) -> Words | None:
        days, taken = self.fact(code).freshness_days, self.frame.column(f"{code}__{ASOF}")
        if days is None or taken is None:
            return None
        in_time = pack(taken.data >= day_number(self.on) - days)
        return in_time if taken.known is None else in_time | ~taken.known
