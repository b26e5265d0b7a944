"""Pace 速率: quiet hours, the minute's allowance, and when a queue will be empty. Pure functions of moments and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from songda.ledger.notices.states import Lane

MINUTE = dt.timedelta(minutes=1)
CYCLE = dt.timedelta(seconds=62)  # a minute's allowance, and what passes until the worker finds the next one open
WEEK = dt.timedelta(days=7)
RESERVE = 10  # one part in ten of each minute is kept for the lanes before the bulk
UNLIMITED_PACE = 1_000  # messages a minute expected of a channel without a limit; measured: several thousand (performance.md)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours 免打扰 of each local day, the end not included; over midnight where `starts` is later than `ends`."""

    starts: dt.time
    ends: dt.time
    place: ZoneInfo

    def ends_at(self, moment: dt.datetime) -> dt.datetime | None:
        """When the quiet hours that `moment` falls into are over, in UTC; None outside of them."""
        local = moment.astimezone(self.place)
        over_midnight = self.starts > self.ends
        late, early = local.time() >= self.starts, local.time() < self.ends
        if not ((late or early) if over_midnight else (late and early)):
            return None
        day = local.date() + dt.timedelta(days=1 if over_midnight and late else 0)
        return dt.datetime.combine(day, self.ends, self.place).astimezone(dt.UTC)

    def starts_after(self, moment: dt.datetime) -> dt.datetime:
        """When the next quiet hours begin, for a moment outside of them, in UTC."""
        local = moment.astimezone(self.place)
        day = local.date() + dt.timedelta(days=0 if local.time() < self.starts else 1)
        return dt.datetime.combine(day, self.starts, self.place).astimezone(dt.UTC)


def allowance(per_minute: int, lane: Lane) -> int:
    """How many messages of a lane may go within any minute; the bulk leaves a tenth (at least one of two or more) to the others."""
    if lane is not Lane.BULK or per_minute < 2:
        return per_minute
    return per_minute - max(1, per_minute // RESERVE)


def recent(spent: Mapping[str, int], now: dt.datetime) -> dict[str, int]:
    """What was spent, by its second, without what is more than a minute old. A second counts until its last instant is."""
    horizon = int((now - MINUTE).timestamp())
    return {second: count for second, count in spent.items() if int(second) >= horizon}


def cap_ends(begun: list[dt.datetime], weekly: int, now: dt.datetime) -> dt.datetime | None:
    """When a firm may be written to again that was at these moments of the last seven days; None: now."""
    within = sorted(moment for moment in begun if moment > now - WEEK)
    return within[-weekly] + WEEK if weekly and len(within) >= weekly else None


def drained_at(now: dt.datetime, count: int, per_minute: int, quiet: Quiet | None) -> dt.datetime:
    """When the last of `count` bulk messages will have gone: cycles of the minute's allowance, none of them in quiet hours."""
    pace = allowance(per_minute, Lane.BULK) or UNLIMITED_PACE
    left = CYCLE * (-(-count // pace) - 1) + MINUTE if count else dt.timedelta(0)
    moment = now
    while quiet is not None:
        moment = quiet.ends_at(moment) or moment
        stops = quiet.starts_after(moment)
        if moment + left < stops:
            break
        left -= stops - moment
        moment = stops
    return moment + left
