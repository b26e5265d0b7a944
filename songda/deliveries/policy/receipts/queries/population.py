"""Drawing a population 应送达企业: by rule and area, before it is frozen and as it is frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from songda.deliveries.policy.matching import queries as matching
from songda.registry.facts.models import Snapshot


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who is in a population: (subject, name, area) by area and number; who is 待核, and what would decide how many of them."""

    rule: str
    rows: tuple[tuple[int, str, str], ...]
    unknown: frozenset[int]
    missing: Mapping[str, int]


def drawn(area_path: str, kind: str, rule: str, *, on: dt.date, snapshot: Snapshot | None = None) -> Drawn:
    """The subjects of a kind in an area that a rule picks on a day's facts (no rule: all). One pass over the area's subjects."""
    here = matching.standing_in(area_path, kind).order_by("area_path", "id").values_list("id", "name", "area_path")
    known = {subject: (subject, name, area) for subject, name, area in here}
    sifted = matching.sift(rule, known, on=on, snapshot=snapshot)
    rows = tuple(row for subject, row in known.items() if subject in sifted.reasons)
    return Drawn(sifted.text, rows, sifted.unknown, sifted.missing)
