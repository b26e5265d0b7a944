"""Reads of the tree: by code, as it stands, as it stood on a day, and who takes part in a task force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.paths import path_end, within
from songda.kernel.sight import one_of
from songda.registry.organisations.models import Member, Move, Organisation
from songda.registry.organisations.rules import TERRITORIES


@dataclass(frozen=True, slots=True)
class Node:
    """A unit with the units below it."""

    organisation: Organisation
    depth: int
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This unit and all below it, in order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a unit stood on a day."""

    parent_id: int | None
    area_path: str


@dataclass(frozen=True, slots=True)
class Population:
    """The set a unit's figures count 统计口径: all rows whose path lies in `[first, end)`, whatever their kind or size.

    A park's set and a district's set are different sets even when their sizes are close (79 in the park, 78 above scale in
    the district): `words` is printed beside the figure.
    """

    first: str
    end: str
    words: str

    def holds(self, area_path: str) -> bool:
        """Whether a row with this path is counted."""
        return self.first <= area_path < self.end


def by_code(code: str) -> Organisation:
    """The unit of a code, or NotFound."""
    return one_of(
        Organisation.objects.filter(code=code),
        _("没有代码为“%(code)s”的机构。") % {"code": code},
        advice=_("请核对机构代码，或先建立该机构。"),
    )


def territory_of(organisation: Organisation) -> Organisation:
    """The area a unit works for: itself for an area, the nearest area above for a department or a task force."""
    unit = organisation
    while unit.kind not in TERRITORIES and unit.parent is not None:
        unit = unit.parent
    return unit


def tree(organisations: Iterable[Organisation] | None = None) -> list[Node]:
    """The units as trees, areas first, then departments; units whose parent is not among them are roots. One query."""
    units = list(Organisation.objects.filter(ends_on=None) if organisations is None else organisations)
    present = {unit.pk for unit in units}
    below: dict[int | None, list[Organisation]] = {}
    for unit in sorted(units, key=lambda unit: (unit.kind not in TERRITORIES, unit.area_path, unit.code)):
        below.setdefault(unit.parent_id if unit.parent_id in present else None, []).append(unit)

    def grown(unit: Organisation, depth: int) -> Node:
        return Node(unit, depth, [grown(child, depth + 1) for child in below.get(unit.pk, [])])

    return [grown(unit, 0) for unit in below.get(None, [])]


def as_of(day: dt.date) -> dict[int, Placement]:
    """Where every unit stood on a day, by id: the tree that figures of that day are rolled up by."""
    stood = Move.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day).order_by("starts_on")
    return {move.organisation_id: Placement(move.parent_id, move.area_path) for move in stood}


def places_of(organisation: Organisation) -> QuerySet[Move]:
    """Where a unit stands and stood, newest first."""
    return Move.objects.filter(organisation=organisation).select_related("parent").order_by("-starts_on", "-id")


def population_of(organisation: Organisation) -> Population:
    """What a unit's figures count, in words and as a range."""
    area = territory_of(organisation)
    words = _("%(name)s口径：所在地在%(name)s（路径 %(path)s）内的主体") % {"name": area.short_name, "path": area.area_path}
    return Population(area.area_path, path_end(area.area_path), words)


def parks(actor_paths: Iterable[str]) -> QuerySet[Organisation]:
    """The parks 园区 of these territories, with their star grade."""
    return Organisation.objects.filter(within(actor_paths), kind=Organisation.Kind.PARK, ends_on=None)


def members_of(task_force: Organisation, on: dt.date) -> QuerySet[Member]:
    """Who takes part in a task force on a day, the leading unit first."""
    present = Member.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), task_force=task_force, starts_on__lte=on)
    return present.select_related("organisation").order_by("-lead", "organisation__code")
