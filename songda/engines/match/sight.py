"""Sight 所见: the columns of one frame as they count on the day of the decision, stale values taken as missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np

from songda.engines.match.column import ASOF, Column
from songda.engines.match.frame import Frame
from songda.engines.match.rails import Words, both, pack, unpack, words_for
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind
from songda.engines.rules.days import day_number
from songda.engines.rules.units import unit


class MatchError(ValueError):
    """A rule that cannot be matched: an unknown fact, or a construct without an exact value."""


@dataclass
class Sight:
    """One frame (or a block of one) seen on one day; `as_stands`: inside 以最近值计, stale values count."""

    frame: Frame
    catalogue: Catalogue
    on: dt.date
    as_stands: bool = False
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

    def scale(self, code: str) -> int:
        """Stored integers per base unit."""
        return _scale(self.fact(code).unit)

    def codes(self, code: str) -> CodeList | None:
        """The code list of a coded fact."""
        return self.catalogue.code_lists.get(self.fact(code).code_list)

    def column(self, code: str, part: str = "") -> Column | None:
        """A fact's column with stale values missing (unless `as_stands`); None if nobody has one."""
        self.fact(code)
        column = self.frame.column(f"{code}__{part}" if part else code)
        if column is None or self.as_stands:
            return column
        known = both(column.known, self.fresh(code))
        return column if known is column.known else replace(column, known=known)

    def fresh(self, code: str) -> Words | None:
        """Where the fact's value is not older than the catalogue allows (None: everywhere). No day of taking: never stale."""
        if code not in self._fresh:
            self._fresh[code] = self._taken_in_time(code)
        return self._fresh[code]

    @cached_property
    def latest(self) -> Sight:
        """The same subjects inside 以最近值计."""
        return replace(self, as_stands=True)

    def supposing(self, fact: str) -> Sight:
        """The same subjects with this fact taken as known and fresh everywhere: 1 stands in where nothing is stored."""
        columns = {
            name: _filled(one, self.n) if name.partition("__")[0] == fact else one for name, one in self.frame.columns.items()
        }
        return Sight(Frame(self.frame.subjects, columns), self.catalogue, self.on, self.as_stands, self._fresh | {fact: None})

    def nowhere(self) -> Words:
        """No subject at all."""
        return np.zeros(words_for(self.n), np.uint64)

    def _taken_in_time(self, code: str) -> Words | None:
        days, taken = self.fact(code).freshness_days, self.frame.column(f"{code}__{ASOF}")
        if days is None or taken is None:
            return None
        in_time = pack(taken.data >= day_number(self.on) - days)
        return in_time if taken.known is None else in_time | ~taken.known


def _filled(column: Column, n: int) -> Column:
    if column.known is None:
        return column
    if column.bits:
        return replace(column, known=None)
    stored = np.where(unpack(column.known, n), column.data, column.data.dtype.type(1 if not column.names else 0))
    return replace(column, data=stored, known=None, reach=max(column.reach, 1), near=None)


@lru_cache(maxsize=1024)
def _scale(name: str) -> int:
    found = unit(name)
    if found is None:
        raise MatchError(f"计量单位「{name}」未登记")
    return found.scale
