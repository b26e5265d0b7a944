"""The ladder 催办升级: who is told when a deadline nears and passes, each level once, missed levels made up for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from songda.engines.clocks.calendar import ONE_TICK
from songda.engines.clocks.counting import further
from songda.engines.clocks.definition import Length
from songda.engines.clocks.ground import Ground
from songda.engines.clocks.reading import Reading
from songda.engines.clocks.remaining import before


@dataclass(frozen=True, slots=True)
class Level:
    """One rung: `after` (or `ahead` of) the deadline by a length (both None: at the deadline), and what then happens.

    `act`: remind 提醒, urge 催办, supervise 督办单, leader 报领导, circular 通报. `to` names posts of the matter (holder, lead, dispatcher …).
    """

    code: str
    label: str
    act: str
    to: tuple[str, ...]
    ahead: Length | None = None
    after: Length | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A rung with its moment."""

    level: Level
    at: dt.datetime


def rungs(reading: Reading, ladder: Sequence[Level], ground: Ground) -> tuple[Due, ...]:
    """All rungs of a running clock with their moments, in order of time; while it is paused, those that came before the pause."""
    due, held = reading.due_at, reading.course.paused
    if due is None or not reading.burns:
        return ()
    first = min(reading.counts_from or due, due)
    found = [Due(level, _moment(level, first, due, ground)) for level in ladder]
    return tuple(sorted((one for one in found if held is None or one.at <= held.since), key=lambda one: one.at))


def owed(dues: Sequence[Due], climbed: Collection[str], now: dt.datetime) -> tuple[Due, ...]:
    """The rungs whose moment has come and that nobody climbed yet: after three days without a sweeper, every one of them, once."""
    return tuple(one for one in dues if one.at <= now and one.level.code not in climbed)


def wake_at(reading: Reading, dues: Sequence[Due], climbed: Collection[str], now: dt.datetime) -> dt.datetime | None:
    """When the matter must next be looked at: its next lamp or next rung; now for one that is owed; None when nothing will change."""
    waiting = [max(one.at, now) for one in dues if one.level.code not in climbed]
    coming = [at for at in reading.turns() if at > now]
    return min([*waiting, *coming], default=None)


def _moment(level: Level, first: dt.datetime, due: dt.datetime, ground: Ground) -> dt.datetime:
    """A level ahead of a deadline shorter than itself comes when counting begins, never before."""
    if level.after is not None:
        return further(level.after, due, ground).at
    if level.ahead is not None:
        return max(first, before(level.ahead, due, ground))
    return due + ONE_TICK
