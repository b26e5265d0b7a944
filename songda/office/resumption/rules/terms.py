"""The order of resumption 复工规定: batches by date, days of isolation, how long names are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from songda.kernel.words import gettext as _

CODE = "resumption"


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch 复工批次: from when, whom it is for, in the order's words."""

    code: str
    label: str
    date: dt.date
    scope: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The order in force: its name, the first day on which anybody may resume, batches, isolation, retention."""

    order: str
    earliest: dt.date
    isolation_days: int
    keep_days: int
    batches: tuple[Batch, ...]

    def refusal(self, batch: str, on: dt.date) -> str:
        """Why a batch may not resume on a day; empty when it may. No batch named: the first day of all counts."""
        found = {one.code: one for one in self.batches}.get(batch)
        first, name = (found.date, found.label) if found else (self.earliest, _("最早复工日"))
        return _("“%(name)s”自 %(day)s 起方可复工。") % {"name": name, "day": first.isoformat()} if on < first else ""


def terms_of(data: Mapping[str, Any]) -> Terms:
    """Terms as a pack states them; ValueError with a sentence where they do not hold together."""
    batches = tuple(
        Batch(one["code"], one["label"], dt.date.fromisoformat(one["date"]), one.get("scope", "")) for one in data["batches"]
    )
    if len({one.code for one in batches}) != len(batches):
        raise ValueError("复工批次的代码重复")
    earliest = dt.date.fromisoformat(data["earliest"])
    early = [one.label for one in batches if one.date < earliest]
    if early:
        raise ValueError(f"批次早于最早复工日：{'、'.join(early)}")
    return Terms(data["order"], earliest, data["isolation_days"], data["keep_days"], batches)
