"""Coverage 覆盖统计 (POL-08): firms reached and person-times of all pushes, cut by measure, channel, day, area and unit, and the rows
behind every figure. Recomputed from delivery rows each time; the two figures are never added, and no line adds up to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.rules.areas import cut, level_of
from songda.deliveries.policy.push.access import pushes_visible_to
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.push.rules.wanted import MEASURE
from songda.kernel import clock
from songda.kernel.paths import within
from songda.ledger.notices import queries as notices
from songda.ledger.notices.access import deliveries_visible_to
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.evidence import IS_FIRM, by_channel
from songda.ledger.notices.states import CHANNELS, REACHED
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject

DAY = dt.timedelta(days=1)
ALONE = "="
OPENED = ("opened", "acted")
STATES = {"firms": REACHED, "times": REACHED, "opened": OPENED, "failed": ("failed",), "unknown": ("unknown",)}


@dataclass(frozen=True, slots=True)
class Cut:
    """Which messages: about a measure's version, on a channel, sent on a local day, in an area ('=' before its path: in none of
    its parts), of a unit's pushes, of one push."""

    measure: int | None = None
    channel: str = ""
    day: dt.date | None = None
    area: str = ""
    unit: int | None = None
    push: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One cut as a table: the filter that a line's key sets, and the lines with their names."""

    field: str
    lines: tuple[tuple[str, notices.Row], ...]


def deliveries_cut(actor: Actor, which: Cut) -> QuerySet[NoticeDelivery]:
    """The messages of pushes in the actor's sight that a cut picks, each once."""
    rows = deliveries_visible_to(actor).filter(notice__cause__startswith="push:")
    if which.measure is not None:
        rows = rows.filter(notice__lines__topic=MEASURE, notice__lines__topic_id=which.measure)
    if which.channel:
        rows = rows.filter(channel=which.channel)
    if which.day is not None:
        rows = rows.filter(sent_at__gte=clock.start_of(which.day), sent_at__lt=clock.start_of(which.day + DAY))
    if which.area:
        rows = rows.filter(Q(area_path=which.area[1:]) if which.area.startswith(ALONE) else within([which.area]))
    if which.unit is not None or which.push is not None:
        pushes = pushes_visible_to(actor).filter(**_picked(which))
        rows = rows.filter(notice__cause__in=[f"push:{number}" for number in pushes.values_list("pk", flat=True)])
    return rows


def whole(actor: Actor, which: Cut) -> notices.Evidence:
    """The figures of a cut. Two queries."""
    return notices.evidence_of(deliveries_cut(actor, which))


def tables(actor: Actor, which: Cut, *, since: dt.date) -> list[Table]:
    """A cut, cut again five ways: by measure, channel, day (since a day), area, unit. Ten queries at the most."""
    rows = deliveries_cut(actor, which)
    return [
        Table("measure", _by_measure(rows)),
        Table("channel", tuple((str(CHANNELS[row.name]), row) for row in by_channel(rows))),
        Table("day", tuple((row.name, row) for row in notices.by_day(rows, since=since) if row.name != "None")),
        Table("area", _by_area(rows)),
        Table("unit", _by_unit(rows, actor)),
    ]


def messages_behind(actor: Actor, which: Cut, figure: str) -> QuerySet[NoticeDelivery]:
    """The messages behind a figure (`STATES`), newest first; with firm, contact and what was told."""
    rows = deliveries_cut(actor, which).filter(state__in=STATES[figure])
    return rows.select_related("notice__subject", "notice__group", "contact").order_by("-id")


def firms_behind(actor: Actor, which: Cut, figure: str) -> QuerySet[Subject]:
    """The enterprises behind a figure, each once."""
    rows = deliveries_cut(actor, which).filter(IS_FIRM, state__in=STATES[figure])
    return (
        Subject.objects.filter(pk__in=rows.order_by().values("notice__subject")).select_related("home").order_by("name_key", "id")
    )


def _picked(which: Cut) -> dict[str, int]:
    return {name: number for name, number in (("unit", which.unit), ("pk", which.push)) if number is not None}


def _by_measure(rows: QuerySet[NoticeDelivery]) -> tuple[tuple[str, notices.Row], ...]:
    found = notices.by_topic(rows, MEASURE)
    titles = dict(MeasureVersion.objects.filter(pk__in=[int(row.name) for row in found]).values_list("pk", "title"))
    return tuple((titles.get(int(row.name), row.name), row) for row in sorted(found, key=lambda row: -row.firms))


def _by_area(rows: QuerySet[NoticeDelivery]) -> tuple[tuple[str, notices.Row], ...]:
    paths = set(rows.order_by().values_list("area_path", flat=True).distinct())
    level = level_of(paths)
    kept = sorted({cut(path, level) for path in paths})
    alone = [path for path in kept if any(other.startswith(path) for other in kept if other != path)]
    groups = [(Q(area_path=path), f"{ALONE}{path}") for path in alone]
    found = _grouped(rows, groups + [(within([path]), path) for path in kept if path not in alone])
    units = Organisation.objects.filter(area_path__in=kept).exclude(kind__in=("department", "task_force"))
    names = dict(units.values_list("area_path", "short_name"))
    names |= {f"{ALONE}{path}": _("%(area)s（不在街道）") % {"area": names.get(path, path)} for path in alone}
    return tuple((names.get(row.name, row.name), row) for row in found)


def _by_unit(rows: QuerySet[NoticeDelivery], actor: Actor) -> tuple[tuple[str, notices.Row], ...]:
    causes: dict[int, list[str]] = {}
    for number, unit in Push.objects.filter(pk__in=pushes_visible_to(actor).values("pk")).values_list("pk", "unit_id"):
        if unit is not None:
            causes.setdefault(unit, []).append(f"push:{number}")
    found = _grouped(rows, [(Q(notice__cause__in=some), str(unit)) for unit, some in sorted(causes.items())])
    names = dict(Organisation.objects.filter(pk__in=causes).values_list("pk", "short_name"))
    return tuple((names[int(row.name)], row) for row in found)


def _grouped(rows: QuerySet[NoticeDelivery], groups: Sequence[tuple[Q, str]]) -> list[notices.Row]:
    """Evidence of each group; messages of none are left out. One query."""
    if not groups:
        return []
    cases = [When(condition, then=Value(key)) for condition, key in groups]
    grouped = rows.annotate(part=Case(*cases, default=Value(""), output_field=CharField()))
    return [row for row in notices.rows_by(grouped, "part") if row.name]
