"""Limits 时限 of the room as a pack declares them: by when a new document is digested and pushed, when to remind of a due day.

They can be set, not taken away: both clocks always run, at most a month, and there is always a reminder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from songda.engines.clocks.definition import Count, Definition, Length
from songda.kernel.words import gettext as _

MOST_DAYS = 30
STARTS = {"digest": ("receive", "resume"), "push": ("summarise",)}
STOPS = {"digest": ("summarise", "set_aside"), "push": ("push", "set_aside")}
LABELS = {"digest": "梳理时限", "push": "推送时限"}
DEFAULT: Mapping[str, Any] = {
    "clocks": [
        {"code": "digest", "amount": 3, "count": "working_days"},
        {"code": "push", "amount": 2, "count": "working_days"},
    ],
    "reminders": [10, 3, 1],
}
"""Where no pack says otherwise 原文未定，可改."""


class LimitsFaultError(ValueError):
    """Limits that do not hold together; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The two clocks by code, and how many days before the due day of an application one is reminded, the most first."""

    clocks: Mapping[str, Definition]
    reminders: tuple[int, ...]


def limits_of(data: Mapping[str, Any]) -> Limits:
    """The limits declared by `data` (shape: packs' watch.json). LimitsFaultError where a clock is missing, off or out of reason."""
    clocks = {str(one["code"]): _clock(one) for one in data.get("clocks", ())}
    missing = sorted(set(LABELS) - set(clocks))
    if missing:
        raise LimitsFaultError(_("缺少时限 %(names)s；超期提醒不能关闭。") % {"names": "、".join(LABELS[one] for one in missing)})
    reminders = tuple(sorted({int(one) for one in data.get("reminders", ())}, reverse=True))
    if not reminders or reminders[-1] < 1 or reminders[0] > MOST_DAYS:
        raise LimitsFaultError(_("申报提醒至少一次，提前 1 至 %(most)d 天。") % {"most": MOST_DAYS})
    return Limits(clocks, reminders)


def _clock(data: Mapping[str, Any]) -> Definition:
    code, amount = str(data["code"]), int(data["amount"])
    if code not in LABELS:
        raise LimitsFaultError(_("没有名为“%(name)s”的时限。") % {"name": code})
    if data["count"] not in (Count.DAYS, Count.WORKING_DAYS) or not 1 <= amount <= MOST_DAYS:
        raise LimitsFaultError(_("%(label)s应为 1 至 %(most)d 天或工作日。") % {"label": LABELS[code], "most": MOST_DAYS})
    length = Length(amount, Count(data["count"]))
    return Definition(code, LABELS[code], length, frozenset(STARTS[code]), frozenset(STOPS[code]), soon=Length(1, length.count))
