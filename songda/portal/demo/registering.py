"""The invented subjects of one register: who they are, what is known of them, who can be reached."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from songda.engines.rules.catalogue import Catalogue
from songda.portal.demo.columns import Column, Sheet
from songda.portal.demo.days import TODAY
from songda.portal.demo.economy import Economy, Flags, Ints, Rng, economy_of
from songda.portal.demo.registers import City, Group
from songda.portal.demo.values import Identity, firm_facts, site_facts
from songda.portal.demo.words import firm_name, site_name
from songda.portal.demo.workforce import People, above_first
from songda.registry.subjects.rules import uscc

INVENTED_AREA = "990000"  # no area code begins with 99: an invented code can be well formed and never real
HOT = ("industry", "size", "above_scale", "founded_on")  # facts that also stand on the subject, for lists


@dataclass(frozen=True, slots=True)
class Place:
    """Where subjects may live: the organisation, its path, and the area code that 注册地 takes."""

    organisation: int
    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Register:
    """One register drawn: as many names, keys and homes as subjects; columns of facts; rows that can be reached."""

    group: Group
    names: tuple[str, ...]
    keys: tuple[str, ...]
    homes: tuple[Place, ...]
    hot: Mapping[str, Sequence[object]]
    columns: tuple[Column, ...]
    reachable: Ints

    @property
    def digest(self) -> str:
        """SHA-256 over everything drawn: the same seed gives the same digest."""
        total = hashlib.sha256("\n".join((*self.names, *self.keys)).encode())
        for column in self.columns:
            total.update(column.fact.encode() + column.rows.tobytes() + column.days.astype(np.int64).tobytes())
            total.update("\n".join(column.values.tolist()).encode() if column.coded else column.values.tobytes())
        return total.hexdigest()


@dataclass(frozen=True, slots=True)
class Ground:
    """What drawing needs to know of the pack: the catalogue, and the places of each area."""

    catalogue: Catalogue
    places: Mapping[str, Sequence[Place]]


def draw(city: City, at: int, ground: Ground, brands: Iterator[str]) -> Register:
    """The register at this place of the declaration; its numbers depend on the seed and its own place only."""
    group = city.groups[at]
    rng = np.random.default_rng([city.seed, at])
    words = random.Random(f"{city.seed}:{group.code}")
    truth = economy_of(group, rng, ground.catalogue.code_lists)
    places = ground.places[group.area]
    homes = tuple(places[pick] for pick in rng.integers(0, len(places), group.count).tolist())
    named = _names(group, truth, brands, words)
    tiers = drawn_tiers(city, group, truth, rng)
    sheet = Sheet(ground.catalogue, rng, group.count, group.quality)
    who = Identity(
        kind=group.kind,
        areas=np.array([home.code for home in homes], object),
        forms=np.array([form for _, form in named], object),
        founded=drawn_founding(group.count, rng),
        resumed=back_at_work(group, truth, rng),
        tiers=tiers,
        people=People(group.full, group.due, group.present),
    )
    (firm_facts if group.kind == "enterprise" else site_facts)(sheet, who, truth)
    add_lists(city, group, sheet, truth, who.resumed)
    return Register(
        group, tuple(name for name, _ in named), tuple(_keys(group, at)), homes, hot_columns(sheet), tuple(sheet.columns),
        np.flatnonzero(chosen(group.count, group.reachable, rng)),
    )  # fmt: skip


def chosen(count: int, wanted: int, rng: Rng) -> Flags:
    """Exactly `wanted` of `count`, at random."""
    flags = np.zeros(count, bool)
    flags[rng.permutation(count)[:wanted]] = True
    return flags


def drawn_founding(count: int, rng: Rng) -> Ints:
    """Founding days as ordinals: more firms are young than old; a few were founded this year."""
    age = np.minimum(rng.exponential(6.2, count) * 365.25, 365.25 * 30)
    return (TODAY.toordinal() - 1 - age).astype(np.int64)


def drawn_tiers(city: City, group: Group, truth: Economy, rng: Rng) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Recognised firms by tier, among those small enough for the scheme; `none` for the rest."""
    tiers = np.full(group.count, "none", object)
    order = rng.permutation(np.flatnonzero(np.isin(truth.sizes, ["small", "medium"]) & (truth.staff >= 10)))
    for tier in (one for one in city.tiers if one.group == group.code):
        tiers[order[: tier.count]] = tier.tier
        order = order[tier.count :]
    return tiers


def back_at_work(group: Group, truth: Economy, rng: Rng) -> Flags:
    """Who works again: as many as declared; where a text says so, everybody above scale."""
    resumed = chosen(group.count, group.resumed, rng)
    return above_first(resumed, truth.above) if group.full == "above" else resumed


def add_lists(city: City, group: Group, sheet: Sheet, truth: Economy, resumed: Flags) -> None:
    """Members of the lists 名单, among firms of some size; nobody at work again is on the negative list."""
    for one in (each for each in city.lists if each.group == group.code):
        able = sheet.rng.permutation(np.flatnonzero(np.isin(truth.sizes, ["small", "medium"]) & (truth.staff >= 5)))
        if one.fact == "negative_list":
            able = able[~resumed[able]]
        flags = np.zeros(group.count, bool)
        flags[able[: one.count]] = True
        sheet.put(one.fact, np.ones(group.count, np.int64), source="registry", day=one.since, where=flags)


def hot_columns(sheet: Sheet) -> dict[str, list[object]]:
    """The values that lists filter by, taken from the facts as drawn."""
    hot: dict[str, list[object]] = {
        "industry": [""] * sheet.count, "size": [""] * sheet.count, "above_scale": [None] * sheet.count, "founded_on": [None] * sheet.count,
    }  # fmt: skip
    for column in (one for one in sheet.columns if one.fact in HOT):
        for row, value in zip(column.rows.tolist(), column.values.tolist(), strict=True):
            hot[column.fact][row] = _hot(column.fact, value)
    return hot


def _hot(fact: str, value: Any) -> object:
    if fact == "above_scale":
        return bool(value)
    return dt.date(1970, 1, 1) + dt.timedelta(days=value) if fact == "founded_on" else value


def _names(group: Group, truth: Economy, brands: Iterator[str], words: random.Random) -> list[tuple[str, str]]:
    if group.kind != "enterprise":
        return [(site_name(next(brands), group.kind, words), "") for _ in range(group.count)]
    return [firm_name(next(brands), division, words) for division in truth.divisions]


def _keys(group: Group, at: int) -> Iterator[str]:
    for number in range(group.count):
        yield (
            uscc.complete(f"91{INVENTED_AREA}{at:02}{number:06}")
            if group.kind == "enterprise"
            else f"{group.code}-{number + 1:04}"
        )
