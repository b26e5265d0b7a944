"""The tree of organisations as a pack declares it. A unit once founded is the place's own: a pack never moves or renames it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from songda.kernel.clock import day_of
from songda.registry.actors import Actor
from songda.registry.organisations.actions import NewUnit, found_organisation, grade_park, join_task_force
from songda.registry.organisations.models import Organisation

Item = Mapping[str, Any]


def load(items: Sequence[Item], *, by: Actor, now: dt.datetime) -> int:
    """Found the units that are not there yet, superiors first; returns how many."""
    known = set(Organisation.objects.values_list("code", flat=True))
    new = [item for item in parents_first(items) if item["code"] not in known]
    for item in new:
        made = found_organisation(unit_of(item), by=by, now=now)
        if "stars" in item:
            grade_park(made.pk, item["stars"], on=_day(item["stars_on"]) or day_of(now), by=by, now=now)
    for item in new:
        for at, member in enumerate(item.get("members", ())):
            since = _day(item.get("starts_on")) or day_of(now)
            join_task_force(item["code"], member, lead=at == 0, on=since, by=by, now=now)
    return len(new)


def unit_of(item: Item) -> NewUnit:
    """One unit."""
    return NewUnit(
        code=item["code"],
        name=item["name"],
        kind=item["kind"],
        parent=item.get("parent", ""),
        short_name=item["short_name"],
        segment=item.get("segment", ""),
        branch_of=item.get("branch_of", ""),
        official_code=item.get("official_code", ""),
        since=_day(item.get("starts_on")),
    )


def parents_first(items: Sequence[Item]) -> Iterator[Item]:
    """Every unit after the units it hangs on."""
    by_code = {item["code"]: item for item in items}
    done: set[str] = set()

    def visit(item: Item) -> Iterator[Item]:
        if item["code"] in done:
            return
        done.add(item["code"])
        for key in ("parent", "branch_of"):
            above = by_code.get(item.get(key, ""))
            if above is not None:
                yield from visit(above)
        yield item

    for item in items:
        yield from visit(item)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
