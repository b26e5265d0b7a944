"""The mapping table 对照表: another system's matters and states in our words. Plain data of a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote


class MappingFaultError(ValueError):
    """A table that does not hold together; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class System:
    """Another system: its name, the unit in whose territory its matters lie, the address of one matter."""

    code: str
    label: str
    area: str
    address: str

    def link(self, number: str) -> str:
        """The page of a matter there 深链."""
        return self.address.replace("{number}", quote(number, safe=""))


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter there, and the kind of case it is here; `lead`: the unit that has it here."""

    label: str
    kind: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TheirState:
    """A state there in words, and the state of a case here that it stands for."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table; matters and states by (system, code)."""

    systems: Mapping[str, System]
    matters: Mapping[tuple[str, str], Matter]
    states: Mapping[tuple[str, str], TheirState]


def table_of(data: Mapping[str, Any]) -> Table:
    """A table as read from its pack; MappingFaultError where it does not hold together."""
    systems = {one["code"]: System(one["code"], one["label"], one["area"], one["address"]) for one in data["systems"]}
    matters = {(one["system"], one["code"]): Matter(one["label"], one["kind"], one.get("lead", "")) for one in data["matters"]}
    states = {(one["system"], one["code"]): TheirState(one["label"], one["state"]) for one in data["states"]}
    for name, given, read in (
        ("系统", data["systems"], systems),
        ("事项代码", data["matters"], matters),
        ("状态代码", data["states"], states),
    ):
        if len(given) != len(read):
            raise MappingFaultError(f"{name}有重复")
    unknown = sorted({system for system, _code in (*matters, *states)} - set(systems))
    if unknown:
        raise MappingFaultError(f"没有系统 {'、'.join(unknown)}")
    bare = sorted(one.label for one in systems.values() if "{number}" not in one.address)
    if bare:
        raise MappingFaultError(f"{'、'.join(bare)}的网址缺少 {{number}}")
    return Table(systems, matters, states)
