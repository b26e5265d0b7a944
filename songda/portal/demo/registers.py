"""What the invented city consists of, as `city.yaml` declares it: registers, lists, tiers, and the firms that the texts name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Group:
    """One register: so many subjects of one kind in one area. `quality` is how complete its other sources are, in percent.

    `above`: all of them are above scale, none is, or (None) by the thresholds. `reachable`: how many have an address.
    `full`: whose people are all back: `all`, those `above` scale, or nobody in particular. `due` and `present`: the people that a
    text counts over the whole register; shared out among its subjects.
    """

    code: str
    area: str
    kind: str
    economy: str
    count: int
    reachable: int
    resumed: int
    quality: int
    source: str
    above: bool | None = None
    full: str = ""
    due: int | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A list: how many of a register are on it, and for which areas it is stated to be complete since when."""

    fact: str
    group: str
    count: int
    coverage: tuple[str, ...]
    since: dt.date


@dataclass(frozen=True, slots=True)
class Tier:
    """How many of a register stand on a tier of 瞪羚梯度."""

    tier: str
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class Named:
    """A subject that a text names, with only what the text says of it."""

    name: str
    area: str
    kind: str
    facts: Mapping[str, str]
    alias: str = ""
    park: str = ""
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class City:
    """The whole declaration."""

    seed: int
    groups: tuple[Group, ...]
    lists: tuple[Membership, ...]
    tiers: tuple[Tier, ...]
    named: tuple[Named, ...] = field(default=())

    @property
    def subjects(self) -> int:
        """How many subjects the city has."""
        return sum(group.count for group in self.groups) + len(self.named)


def declared() -> City:
    """The city of `city.yaml`."""
    return city_of(yaml.safe_load(files("songda.portal.demo").joinpath("city.yaml").read_text(encoding="utf-8")))


def city_of(data: Mapping[str, Any]) -> City:
    """A city from plain data."""
    return City(
        data["seed"],
        tuple(Group(**one) for one in data["groups"]),
        tuple(_membership(one) for one in data["lists"]),
        tuple(Tier(**one) for one in data["tiers"]),
        tuple(_named(one) for one in data.get("named", ())),
    )


def _named(data: Mapping[str, Any]) -> Named:
    since = data.get("since")
    return Named(**{**data, "since": dt.date.fromisoformat(str(since)) if since else None})


def _membership(data: Mapping[str, Any]) -> Membership:
    given = {**data, "coverage": tuple(data["coverage"]), "since": dt.date.fromisoformat(str(data["since"]))}
    return Membership(**given)
