"""Whether a measure is open 开放 to an industry: at least one class of it is not shut out by the rule (docs/algorithms/guides.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from songda.engines.rules import tree
from songda.engines.rules.admits import admits
from songda.engines.rules.catalogue import Catalogue, CodeList
from songda.engines.rules.facts import Datum
from songda.engines.rules.walk import every, names_of

INDUSTRY = "industry"
OnlyIn = Mapping[str, tuple[str, ...]]  # yes/no fact → the industries in which alone it can be 是


@dataclass(frozen=True, slots=True)
class Industry:
    """A group of industries: its code, its name, and the classes it is made of (with everything below them)."""

    code: str
    name: str
    classes: tuple[str, ...]


def leaves_of(industry: Industry, codes: CodeList) -> list[str]:
    """The classes of a group that have none below them, in the order of the list."""
    above = {parent for parent in codes.parents.values() if parent}
    return [one for one in codes.names if one not in above and set(codes.lineage(one)) & set(industry.classes)]


def groups_of(code: str, industries: Iterable[Industry], codes: CodeList) -> list[str]:
    """The groups that a firm of this class belongs to, by code."""
    line = set(codes.lineage(code)) if code else set()
    return [one.code for one in industries if line & set(one.classes)]


def is_open(rule: tree.Condition, leaves: Iterable[str], only_in: OnlyIn, *, on: dt.date, catalogue: Catalogue) -> bool:
    """Whether the rule is open to one of these classes at least."""
    codes = catalogue.code_lists[catalogue.by_code[INDUSTRY].code_list]
    scoped = {fact: set(only_in[fact]) for fact in names_of(rule) if fact in only_in}
    named = set(_named(rule)).union(*scoped.values())
    tried: set[frozenset[str]] = set()
    for leaf in leaves:
        line = frozenset(codes.lineage(leaf))
        if line & named in tried:
            continue
        tried.add(line & named)
        shut = {fact: Datum(value=False) for fact, classes in scoped.items() if not line & classes}
        if admits(rule, {INDUSTRY: Datum(leaf), **shut}, on=on, catalogue=catalogue):
            return True
    return False


def _named(rule: tree.Condition) -> Iterator[str]:
    """Every code of an industry that the rule names."""
    for node in every(rule):
        if isinstance(node, tree.Within) and node.fact == INDUSTRY:
            yield from node.codes
        elif isinstance(node, tree.ByCode) and node.fact == INDUSTRY:
            yield from (code for code, _number in node.arms)
