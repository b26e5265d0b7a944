"""The real calendar 2004–2026 for tests of clocks, from the pack, and short ways to write moments."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from songda.engines.clocks.calendar import Calendar, Desk
from songda.engines.clocks.definition import Count, Definition, Length
from songda.engines.clocks.events import Event

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020" / "calendar.yaml"
H, WH, D, WD, M = Count.HOURS, Count.WORKING_HOURS, Count.DAYS, Count.WORKING_DAYS, Count.MONTHS
DESK = Desk(cutoff=dt.time(17))
FIVE_AND_TWO = Desk(hours=((dt.time(8, 30), dt.time(17, 30)),), every_day=True)


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    days = yaml.load(DAYS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["days"]
    special = {dt.date.fromisoformat(one["day"]): one["working"] for one in days}
    names = {dt.date.fromisoformat(one["day"]): one["name"] for one in days if not one["working"]}
    return Calendar(ZONE, special, names)


def at(text: str) -> dt.datetime:
    """'2020-01-23 10:00' in the place's time; '2020-03-10 24:00' is the end of that day."""
    day, hour = text.split()
    if hour == "24:00":
        return dt.datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=ZONE) + dt.timedelta(days=1)
    return dt.datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZONE)


def clock(amount: int, count: Count, **more: object) -> Definition:
    """A clock that starts at `file`, stops at `close`, begins afresh at `reopen`."""
    known = {"starts": frozenset({"file"}), "stops": frozenset({"close"}), "restarts": frozenset({"reopen"}), "desk": DESK}
    return Definition("main", "办结时限", Length(amount, count), **{**known, **more})


def event(name: str, when: str, *, reason: str = "", length: tuple[int, Count] | None = None, due: str = "") -> Event:
    return Event(name, at(when), reason, Length(*length) if length else None, at(due) if due else None)
