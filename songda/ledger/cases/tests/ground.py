"""The ledger's ground for tests: the pack's kinds and calendar, and a demand on its way."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from songda.ledger.cases import packs
from songda.ledger.cases.actions import Said, open_case, step_case
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor, system
from songda.registry.calendars import packs as calendars
from songda.registry.people.tests.cast import NOW, Cast

PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
EVERYTHING = frozenset(
    f"cases.{name}" for name in ("see", "file", "assign", "handle", "decide", "close", "revisit", "reopen")
) | {"firm.act", "firm.read"}  # fmt: skip


@lru_cache(maxsize=8)
def read(name: str) -> dict[str, Any]:
    return yaml.load((PACK / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def lay(*, year: str = "2020", kinds: tuple[str, ...] = ("demand", "task")) -> None:
    """Load kinds, `plain` (a twin of the demand) among them, and the special days of a year (all of them where `year` is empty)."""
    days = [one for one in read("calendar.yaml")["days"] if one["day"].startswith(year)]
    calendars.load([{"days": days}], by=system(), now=NOW)
    bodies = [read(f"kinds/{name}.yaml") for name in kinds]
    packs.load([*bodies, {**read("kinds/demand.yaml"), "code": "plain"}], by=system(), now=NOW)


def anybody(name: str = "示例全能经办", *, account_id: int | None = None, post_id: int | None = None) -> Actor:
    """An actor who may take every step on every case: for tests of the mover, not of permissions."""
    return Actor(account_id, None, post_id, name, "system", EVERYTHING, area_paths=("",))


def demand(cast: Cast, *, title: str = "请协调解决用工缺口", now: dt.datetime = NOW, **given: object) -> Case:
    """A demand of the cast's firm, filed by its clerk; of the twin kind that no room above guards, for tests of the mover itself."""
    return open_case("plain", subject_id=cast.firm.pk, title=title, by=cast.clerk, now=now, given=given)


def walk(case: Case, *names: str, start: dt.datetime = NOW, every: dt.timedelta = HOUR, by: Actor | None = None) -> Case:
    """Take these steps, one an hour."""
    for count, name in enumerate(names, 1):
        step_case(case.pk, name, Said(), by=by or anybody(), now=start + every * count)
    case.refresh_from_db()
    return case
