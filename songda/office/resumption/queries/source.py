"""What indicators are computed from: subjects and people by population, variant and figure, per day and at a moment.

One reading (`timeline`) serves the count of a moment, the rows behind it and the flows of the daily tallies, so that they cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from django.utils.translation import gettext as _

from songda.engines.rules.days import day_number
from songda.kernel.errors import Invalid
from songda.office.indicators.rules.cells import cell_of
from songda.office.indicators.rules.sources import Flow, Line, RowsBehind, Where
from songda.office.resumption.queries.timeline import Timeline, day_at, local_day, states_at, timeline
from songda.office.resumption.rules.asof import UNKNOWN, Flags, Ints, Texts
from songda.office.resumption.rules.counting import KINDS, States, marks
from songda.office.resumption.states import Population, Production, Variant
from songda.registry.actors import Actor
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class Told:
    """How many of a figure each row adds: 0 or 1 of subjects, heads of people."""

    variant: str
    figure: str
    amounts: Ints


def amounts(rows: States, *, people: bool) -> Iterator[Told]:
    """Every figure under every variant."""
    for variant in Variant.values:
        counted = marks(rows, variant)
        if people:
            rolled = counted.due & (rows.on_roll != UNKNOWN) & (rows.roll_present != UNKNOWN)
            yield Told(variant, "due", np.where(counted.paired, rows.due_people, 0))
            yield Told(variant, "present", np.where(counted.paired, rows.present, 0))
            yield Told(variant, "everybody", np.where(counted.due & (rows.present != UNKNOWN), rows.present, 0))
            yield Told(variant, "on-roll", np.where(rolled, rows.on_roll, 0))
            yield Told(variant, "roll-present", np.where(rolled, rows.roll_present, 0))
        else:
            yield Told(variant, "due", counted.due.astype(np.int64))
            yield Told(variant, "resumed", counted.resumed.astype(np.int64))
            yield Told(variant, "listed", rows.listed.astype(np.int64))
            yield Told(variant, "halted", (rows.states == Production.HALTED.value).astype(np.int64))


def cells(rows: States) -> Texts:
    """The cell of each row."""
    known: dict[tuple[int, str, str], str] = {}
    found = np.full(len(rows.subjects), "", object)
    for at, key in enumerate(zip(rows.above.tolist(), rows.industries.tolist(), rows.kinds.tolist(), strict=True)):
        if key not in known:
            above, industry, kind = key
            known[key] = cell_of(kind, industry, above_scale=None if above == UNKNOWN else bool(above))
        found[at] = known[key]
    return found


def wanted(where: Where, rows: States, *, people: bool) -> Ints:
    """What each row adds to what is asked. Invalid where the variant or the figure is not named: no number without its definition."""
    for name in ("variant", "figure"):
        if not where.get(name):
            raise Invalid(_("复工指标须写明口径和数别。"))
    asked = {(one.variant, one.figure): one.amounts for one in amounts(rows, people=people)}
    total = np.zeros(len(rows.subjects), np.int64)
    for variant in where["variant"]:
        for figure in where["figure"]:
            if (variant, figure) not in asked:
                raise Invalid(_("没有名为“%(name)s”的复工数别。") % {"name": f"{variant}/{figure}"})
            total += asked[variant, figure]
    return np.where(np.isin(cells(rows), where["cell"]), total, 0) if where.get("cell") else total


@dataclass(frozen=True, slots=True)
class Counted:
    """One source: a population, its subjects or its people. All are stocks, so that `since` says nothing to them."""

    population: str
    people: bool

    def count(self, where: Where, area_path: str, *, as_of: dt.datetime, **_since: object) -> int:
        """The number at a moment."""
        rows = states_at(area_path, on=local_day(as_of)).of(self.population)
        return int(wanted(where, rows, people=self.people).sum())

    def rows(self, where: Where, area_path: str, *, as_of: dt.datetime, actor: Actor | None, **_since: object) -> RowsBehind:
        """The subjects behind a number that the actor may see, each with what it adds."""
        found = states_at(area_path, on=local_day(as_of)).of(self.population)
        added = wanted(where, found, people=self.people)
        heads = dict(zip(found.subjects[added > 0].tolist(), added[added > 0].tolist(), strict=True))
        seen = visible_to(actor) if actor is not None else Subject.objects.filter(merged_into=None)
        kept = sorted(set(seen.filter(kind__in=KINDS[Population(self.population)]).values_list("pk", flat=True)) & set(heads))
        unit = _("人数") if self.people else _("计数")
        return RowsBehind((_("主体"), _("所在辖区"), unit), kept, len(kept), partial(line, heads))

    def cube(self, first: dt.date, last: dt.date) -> Iterator[Flow]:
        """Flows: what each day adds to every figure, by territory and cell; what stood before `first` under None."""
        line_of_time = timeline("", last=last)
        kept = np.flatnonzero(np.isin(line_of_time.frame.kinds, KINDS[Population(self.population)]))
        at, days, opening = moments(line_of_time, kept, day_number(first), day_number(last))
        states = line_of_time.at(at, days)
        begins = np.ones(len(at), bool)
        begins[1:] = at[1:] != at[:-1]
        spots = Moments(begins, opening, days, states.paths, cells(states))
        for told in amounts(states, people=self.people):
            yield from flows(told, spots)


def line(heads: dict[int, int], subject_id: int) -> Line:
    """One row of the page: its address, name, place, what it adds."""
    one = Subject.objects.select_related("home").get(pk=subject_id)
    return f"/resumption/subjects/{subject_id}/", one.name, one.home.short_name, str(heads[subject_id])


@dataclass(frozen=True, slots=True)
class Moments:
    """For each (subject, day): whether it is the subject's first, whether it stands for all before, the day, place, cell."""

    begins: Flags
    opening: Flags
    days: Ints
    paths: Texts
    groups: Texts


def moments(line_of_time: Timeline, kept: Ints, first: int, last: int) -> tuple[Ints, Ints, Flags]:
    """The (row, day) pairs at which anything may change, in order; each row begins with the day before `first`, none is after `last`."""
    frame = line_of_time.frame
    pairs = [(kept, np.full(len(kept), first - 1, np.int64))]
    place = {subject: row for row, subject in zip(kept.tolist(), frame.subjects[kept].tolist(), strict=True)}
    for track in line_of_time.tracks.values():
        later = (track.days >= first) & np.isin(track.subjects, frame.subjects[kept])
        rows_of = np.fromiter((place[one] for one in track.subjects[later].tolist()), np.int64, int(later.sum()))
        pairs.append((rows_of, track.days[later]))
    starts = [day_number(entry.starts_on) for entry in line_of_time.entries]
    ends = [day_number(entry.ends_on) + 1 for entry in line_of_time.entries if entry.ends_on]
    pairs += [(kept, np.full(len(kept), day, np.int64)) for day in {*starts, *ends} if first <= day <= last]
    at, days = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    both = np.unique(np.stack([at, days]), axis=1)
    return both[0], both[1], both[1] < first


def flows(told: Told, at: Moments) -> Iterator[Flow]:
    """What a figure gains or loses at each moment, by day, place and cell: a subject that changes its cell leaves one and enters one."""
    previous = np.where(at.begins, 0, np.concatenate([[0], told.amounts[:-1]]))
    group_before = np.concatenate([[""], at.groups[:-1]]) if len(at.groups) else at.groups
    sums: dict[tuple[int | None, str, str], int] = {}
    gained, lost = told.amounts != 0, previous != 0
    for sign, which, amount, groups in ((1, gained, told.amounts, at.groups), (-1, lost, previous, group_before)):
        for spot in np.flatnonzero(which).tolist():
            key = (None if at.opening[spot] else int(at.days[spot]), str(at.paths[spot]), str(groups[spot]))
            sums[key] = sums.get(key, 0) + sign * int(amount[spot])
    for (day, path, group), flow in sums.items():
        if flow:
            yield None if day is None else day_at(day), path, (told.variant, told.figure, group), flow


firms = Counted(Population.FIRMS.value, people=False)
projects = Counted(Population.PROJECTS.value, people=False)
merchants = Counted(Population.MERCHANTS.value, people=False)
firm_people = Counted(Population.FIRMS.value, people=True)
project_people = Counted(Population.PROJECTS.value, people=True)
