"""The invented economics of a register: trades by a plausible mix, staff and turnover by lognormal draws, sizes by the statistical rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from songda.engines.rules.catalogue import CodeList
from songda.portal.demo.registers import Group
from songda.registry.subjects.rules import scale, sizes

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Texts = np.ndarray[Any, np.dtype[np.object_]]
Rng = np.random.Generator

# Weights of GB/T 4754 divisions. A development zone writes software; a downtown district trades and serves.
MIX: Mapping[str, Mapping[str, int]] = {
    "zone": {
        "65": 210, "75": 110, "74": 60, "73": 40, "51": 200, "52": 70, "72": 80, "64": 30, "34": 20, "35": 32, "39": 30,
        "40": 32, "38": 22, "33": 10, "27": 6, "26": 8, "47": 8, "49": 12, "50": 18, "62": 22, "70": 12, "77": 6, "83": 8,
    },
    "service": {
        "51": 270, "52": 200, "72": 120, "65": 50, "75": 60, "62": 70, "54": 32, "70": 30, "80": 40, "82": 20, "83": 20,
        "87": 20, "88": 22, "74": 20, "71": 20, "61": 12, "81": 14, "59": 8, "60": 6, "89": 10, "90": 10,
    },
    "industry": {
        "13": 50, "14": 60, "17": 30, "18": 30, "22": 40, "23": 40, "26": 60, "27": 30, "29": 60, "30": 120, "32": 40,
        "33": 100, "34": 100, "35": 90, "36": 40, "38": 50, "39": 30, "40": 30,
    },
    "project": {"47": 70, "48": 30},
    "market": {"52": 100},
}  # fmt: skip
# Median staff, spread of its logarithm, least and most, by economy and by 规模以上 (None: not told apart).
STAFF: Mapping[tuple[str, bool | None], tuple[float, float, int, int]] = {
    ("zone", None): (7, 1.15, 1, 3500),
    ("industry", True): (110, 0.85, 20, 2800),
    ("industry", False): (14, 0.75, 2, 180),
    ("service", True): (65, 0.8, 12, 1600),
    ("service", False): (5, 0.9, 1, 110),
    ("project", None): (45, 0.9, 6, 900),
    ("market", None): (180, 0.6, 30, 1200),
}
TURNOVER = 380_000  # median yuan a head and year
SMALL_STEP = 100  # yuan: books are kept finer, an invented figure need not be


@dataclass(frozen=True, slots=True)
class Economy:
    """The truth about a register's subjects, before sources know only part of it. Money in yuan; sizes by code, empty where the
    rule gives none."""

    divisions: Texts
    industries: Texts
    staff: Ints
    revenue: Ints
    assets: Ints
    profit: Ints
    growth: np.ndarray[Any, np.dtype[np.float64]]
    above: Flags
    sizes: Texts


def economy_of(group: Group, rng: Rng, lists: Mapping[str, CodeList]) -> Economy:
    """Draw a register's economics."""
    divisions = drawn_divisions(group, rng)
    below = classes_by_division(lists["gbt4754"])
    picks = rng.integers(0, 997, group.count).tolist()
    classes = np.array([below[one][pick % len(below[one])] for one, pick in zip(divisions, picks, strict=True)], object)
    staff = drawn_staff(group, rng)
    dear = np.where(divisions == "51", 3.0, 1.0)
    turnover = rng.lognormal(np.log(TURNOVER), 0.55, group.count) * dear
    above, revenue = split_by_scale(group, classes, staff * turnover, rng)
    assets = stepped(revenue * rng.lognormal(np.log(0.8), 0.5, group.count))
    profit = stepped(revenue * rng.normal(0.05, 0.06, group.count))
    graded = graded_by_rule(classes, {"staff": staff, "revenue": revenue * 100, "assets": assets * 100}, lists["sizes"])
    return Economy(divisions, classes, staff, revenue, assets, profit, rng.normal(0.08, 0.18, group.count), above, graded)


def drawn_divisions(group: Group, rng: Rng) -> Texts:
    """A division for each subject, by the mix of its economy."""
    mix = MIX[group.economy]
    weights = np.array(list(mix.values()), float)
    return np.array(list(mix), object)[rng.choice(len(mix), group.count, p=weights / weights.sum())]


def drawn_staff(group: Group, rng: Rng) -> Ints:
    """Heads, at least one."""
    median, spread, least, most = STAFF[group.economy, group.above]
    return np.clip(rng.lognormal(np.log(median), spread, group.count).astype(np.int64), least, most)


def split_by_scale(group: Group, classes: Texts, revenue: np.ndarray[Any, Any], rng: Rng) -> tuple[Flags, Ints]:
    """规模以上 and revenue that agree with each other: a register of one sort has every firm on its side of the threshold."""
    bounds = np.array([_bound(one) for one in classes], float)
    margin = rng.random(group.count)
    if group.above is None:
        return (revenue >= bounds) & (margin < 0.92), stepped(revenue)
    kept = np.maximum(revenue, bounds * (1 + margin)) if group.above else np.minimum(revenue, bounds * (0.5 + margin / 2.1))
    return np.full(group.count, group.above), stepped(kept)


def stepped(values: np.ndarray[Any, Any]) -> Ints:
    """Yuan in whole hundreds."""
    return (values / SMALL_STEP).astype(np.int64) * SMALL_STEP


@cache
def _bound(industry: str) -> float:
    rule = scale.threshold_for(industry, 2019)
    return rule.revenue * 10_000.0 if rule else 20_000_000.0


def classes_by_division(industries: CodeList) -> dict[str, tuple[str, ...]]:
    """The four-digit classes below each division."""
    found: dict[str, list[str]] = {}
    for code in industries.names:
        if len(code) == 4:
            found.setdefault(code[:2], []).append(code)
    return {division: tuple(codes) for division, codes in found.items()}


def graded_by_rule(classes: Texts, indicators: Mapping[str, Ints], codes: CodeList) -> Texts:
    """Size codes of many firms at once, by the table of `sizes.grade` (a test holds the two together); empty where it gives none.

    `indicators`: staff in persons, revenue and assets in fen.
    """
    by_name = {name: code for code, name in codes.names.items()}
    ladder = np.array([by_name[name] for name in sizes.GRADES], object)
    found = np.full(len(classes), "", object)
    lines = {one: sizes.category_of(one) for one in set(classes.tolist())}
    for line in {one.name: one for one in lines.values() if one is not None}.values():
        rows = np.flatnonzero(np.isin(classes, [one for one, its in lines.items() if its is line]))
        places = [
            np.searchsorted(
                np.array(bounds) * (1 if name == "staff" else sizes.TEN_THOUSAND_YUAN), indicators[name][rows], "right"
            )
            for name, bounds in line.bounds.items()
        ]
        found[rows] = ladder[np.minimum.reduce(places)]
    return found
