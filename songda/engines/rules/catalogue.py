"""The fact catalogue 事实目录 as the rule language sees it: every name a rule may use, its kind and its unit.

Plain frozen values. `registry.facts` builds a `Catalogue` from its tables, a pack check from YAML, a test by hand.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from songda.engines.rules.units import Unit, unit


class Kind(enum.StrEnum):
    """What sort of value a name stands for."""

    BOOL = "bool"  # 是 / 否
    NUM = "num"  # a number with a unit
    DATE = "date"  # a day
    CODE = "code"  # one code of a (hierarchical) code list
    SERIES = "series"  # year → number with a unit
    LIST = "list"  # membership in a named list 名单, complete for a scope and period
    EVENT = "event"  # dated occurrences


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list 代码表: code → name, and code → the code above it (None at the top).

    Hierarchies come with edges, not prefixes: a development zone is no prefix of anything.
    """

    code: str
    names: Mapping[str, str]
    parents: Mapping[str, str | None] = field(default_factory=dict)

    def lineage(self, code: str) -> tuple[str, ...]:
        """`code` and everything above it, nearest first."""
        line: list[str] = []
        at: str | None = code
        while at is not None and at not in line:
            line.append(at)
            at = self.parents.get(at)
        return tuple(line)


@dataclass(frozen=True, slots=True)
class FactKind:
    """One catalogue entry 事实: its code (key), name as written in rules, kind, unit and rules of use.

    `freshness_days` is how old a value may be before it counts as stale 已过期 (None: never).
    `fixed` marks what a firm cannot change (founding date, area): such facts come last in "shortest change".
    """

    code: str
    name: str
    kind: Kind
    unit: str = ""
    code_list: str = ""
    aliases: tuple[str, ...] = ()
    owner: str = ""
    freshness_days: int | None = None
    personal: bool = False
    fixed: bool = False
    judgement: bool = False

    @property
    def measure(self) -> Unit:
        """The unit of a number or series; a ValueError names the entry whose unit is unknown."""
        found = unit(self.unit)
        if found is None:
            raise ValueError(f"事实「{self.name}」的单位「{self.unit}」未登记")
        return found


@dataclass(frozen=True, eq=False, repr=False)
class Catalogue:
    """All names of one context (`subject`, `case` …), with its code lists. Compared by identity, so it can be a cache key."""

    facts: tuple[FactKind, ...]
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)
    context: str = "subject"

    def __repr__(self) -> str:
        return f"<Catalogue {self.context}: {len(self.facts)} facts>"

    @classmethod
    def of(cls, facts: Iterable[FactKind], code_lists: Iterable[CodeList] = (), context: str = "subject") -> Catalogue:
        """A catalogue of these entries."""
        return cls(tuple(facts), {one.code: one for one in code_lists}, context)

    @cached_property
    def by_code(self) -> dict[str, FactKind]:
        """Entries by their key."""
        return {one.code: one for one in self.facts}

    @cached_property
    def by_name(self) -> dict[str, FactKind]:
        """Entries by every name they may be written with (name and aliases)."""
        return {name: one for one in self.facts for name in (one.name, *one.aliases)}
