"""Implementing rules in force 现行细则: which cover a measure on a day, which measures have none, whether one may be applied for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import measures_visible_to, reaching, rules_visible_to
from songda.deliveries.policy.library.models import (
    Coverage,
    Document,
    GapAssignment,
    ImplementingRuleVersion,
    ImplementingSource,
    Measure,
    MeasureVersion,
)
from songda.deliveries.policy.library.queries.contacts import contact_for
from songda.deliveries.policy.library.queries.validity import ended_versions
from songda.deliveries.policy.library.rules.implementing import Said, area_of_both, missing_in_rule
from songda.kernel.paths import outermost
from songda.kernel.screens.templatetags.screens import day
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

UNDERWAY = ("draft", "reviewed", "published")
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Gap:
    """A published measure that no rules in force cover in a territory. `underway`: versions that will, once published and begun."""

    version: MeasureVersion
    area_path: str
    assignment: GapAssignment | None
    underway: list[ImplementingRuleVersion]
    overdue: bool

    @property
    def owes(self) -> int | None:
        """The unit to be proposed for it: the one it is handed to, else the one answering for the measure."""
        return self.assignment.department_id if self.assignment else self.version.department_id


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a measure may be applied for on a day; if not, the sentence says why. `rule` is what an application is judged by."""

    allowed: bool
    sentence: str
    rule: ImplementingRuleVersion | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A measure that a draft may cover: whether it does, and whether it has no rules yet."""

    version: MeasureVersion
    chosen: bool
    missing: bool


def rules_in_force(on: dt.date) -> QuerySet[ImplementingRuleVersion]:
    """Versions of implementing rules in force on a day, newest first."""
    begun = Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))
    rows = ImplementingRuleVersion.objects.filter(begun, state__in=("published", "superseded"))
    return rows.select_related("rule", "department").order_by("-valid_from", "-pk")


def covered_by(measure: Measure, on: dt.date, area_path: str) -> list[ImplementingRuleVersion]:
    """The rules in force by which a measure is had in a territory, newest first."""
    held = rules_in_force(on).filter(coverages__measure=measure)
    return [one for one in held if area_path.startswith(one.area_path)]


def gaps(actor: Actor, on: dt.date) -> list[Gap]:
    """What the actor's territories lack on a day: published measures not closed by then, without rules and without a reason why
    they need none. Those handed out first, by the day they are due. Four queries, however many there are."""
    return _gaps_among(measures_in_need(actor, on), actor, on)


def gap_counts(actor: Actor, on: dt.date) -> tuple[int, int]:
    """How many of these there are, and how many are overdue; three queries, and none of the measures' texts."""
    spots = [(measure, measure, area) for measure, area in measures_in_need(actor, on).values_list("measure_id", "area_path")]
    found = _uncovered(spots, actor, on)
    late = GapAssignment.objects.filter(closed_at=None, due_on__lt=on).values_list("measure_id", "area_path")
    return len(found), sum(one in found for one in late)


def gaps_of_department(actor: Actor, on: dt.date) -> list[Gap]:
    """Of these, the ones handed to the actor's own unit: one query where there are none."""
    handed = GapAssignment.objects.filter(department=actor.organisation_id, closed_at=None).values_list("measure_id", flat=True)
    measures = set(handed)
    if not measures:
        return []
    found = _gaps_among(measures_in_need(actor, on).filter(measure__in=measures), actor, on)
    return [one for one in found if one.assignment and one.assignment.department_id == actor.organisation_id]


def measures_in_need(actor: Actor, on: dt.date) -> QuerySet[MeasureVersion]:
    """Published measures that reach the actor, are not closed on the day, and are not said to need no rules."""
    rows = MeasureVersion.objects.filter(reaching(actor), state="published", measure__no_rule="")
    rows = rows.exclude(pk__in=ended_versions(on).values("pk"))
    rows = rows.filter(Q(closes_on=None) | Q(closes_on__gte=on)).select_related("measure", "department")
    return rows.order_by("department__code", "pk")


def may_apply(version: MeasureVersion, on: dt.date, area_path: str = "") -> Opening:
    """Whether a firm of a territory (the measure's own, where none is given) may apply for a measure on a day (POL-03)."""
    closed = _closed(version, on)
    if closed:
        return Opening(False, closed)
    if version.measure.no_rule:
        return Opening(False, _("本措施无须申报：%(reason)s") % {"reason": version.measure.no_rule})
    if contact_for(version.measure, area_path or version.area_path, on) is None:
        return Opening(False, _("没有有效的联系卡，暂不能网上申报。"))
    held = covered_by(version.measure, on, area_path or version.area_path)
    if held:
        said = {"title": held[0].title, "number": held[0].number}
        return Opening(True, _("可以申报，按《%(title)s》第 %(number)d 版办理。") % said, held[0])
    return Opening(False, _("没有现行的实施细则，暂不能网上申报。"))


def open_assignment(version: MeasureVersion) -> GapAssignment | None:
    """To whom the missing rules of a measure are handed, in its own territory."""
    rows = GapAssignment.objects.filter(measure=version.measure_id, area_path=version.area_path, closed_at=None)
    return rows.select_related("department").first()


def rule_lacks(version: ImplementingRuleVersion) -> dict[str, str]:
    """Field → sentence for what keeps a version from being confirmed or published."""
    covered = list(version.coverages.values_list("measure_id", flat=True))
    held = MeasureVersion.objects.filter(measure__in=covered).exclude(state__in=("superseded", "withdrawn"))
    told = list(held.values_list("kind", "time_limit_days"))
    return missing_in_rule(
        Said(
            title=version.title,
            department=version.department_id is not None,
            papers=len(version.papers),
            steps=len(version.steps),
            time_limit_days=version.time_limit_days,
            payment_basis=version.payment_basis,
            contact=version.contact,
            measures=len(covered),
            funds=any(kind == "fund" for kind, _days in told),
            promised_days=min((days for kind, days in told if kind == "service" and days), default=None),
        )
    )


def covered_measures(version: ImplementingRuleVersion) -> list[MeasureVersion]:
    """The measures a version covers, each by its published version, else by its newest."""
    rows = MeasureVersion.objects.filter(measure__coverages__version=version).select_related("measure", "department")
    return newest(rows.exclude(state="withdrawn"))


def newest(rows: QuerySet[MeasureVersion]) -> list[MeasureVersion]:
    """One version a measure: the published one, else the one with the highest number."""
    told: dict[int, MeasureVersion] = {}
    for one in rows.order_by("number"):
        if one.measure_id not in told or told[one.measure_id].state != "published":
            told[one.measure_id] = one
    return sorted(told.values(), key=lambda one: (one.area_path, one.pk))


def sources_by_part(version: ImplementingRuleVersion) -> dict[str, list[ImplementingSource]]:
    """The pieces a version was read from, by what they say."""
    found: dict[str, list[ImplementingSource]] = defaultdict(list)
    for one in version.sources.select_related("document", "article"):
        found[one.part].append(one)
    return dict(found)


def rules_from(document: Document, actor: Actor) -> QuerySet[ImplementingRuleVersion]:
    """Versions of implementing rules read from a document that the actor may see; none withdrawn."""
    rows = rules_visible_to(actor).filter(sources__document=document).exclude(state="withdrawn")
    return rows.distinct().order_by("pk")


def rules_asked(rows: QuerySet[ImplementingRuleVersion], asked: Mapping[str, str]) -> QuerySet[ImplementingRuleVersion]:
    """Versions narrowed by what a list asks: state, department (id), and words in the title."""
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    if asked.get("department", "").isdecimal():
        rows = rows.filter(department=int(asked["department"]))
    words = asked.get("q", "").strip()
    return rows.filter(title__contains=words) if words else rows


def units_of_rules(rows: QuerySet[ImplementingRuleVersion]) -> QuerySet[Organisation]:
    """Units that answer for any of these versions."""
    return Organisation.objects.filter(pk__in=rows.values("department_id")).order_by("short_name")


def measure_asked(asked: str, actor: Actor) -> MeasureVersion | None:
    """The measure version that an address names, where the actor may read it."""
    return measures_visible_to(actor).filter(pk=asked).first() if asked.isdecimal() else None


def measures_to_cover(version: ImplementingRuleVersion, actor: Actor, on: dt.date) -> list[Choice]:
    """Measures a draft may be linked to: those it covers, then published ones that have no rules, then the others."""
    held = set(version.coverages.values_list("measure_id", flat=True))
    missing = {one.version.measure_id for one in gaps(actor, on)}
    rows = measures_visible_to(actor).filter(state__in=UNDERWAY).select_related("measure", "department")
    linked = MeasureVersion.objects.filter(measure__in=held).exclude(state="withdrawn").select_related("measure", "department")
    told = {one.measure_id: one for one in (*newest(rows), *newest(linked))}
    made = [Choice(one, key in held, key in missing) for key, one in told.items()]
    return sorted(made, key=lambda one: (not one.chosen, not one.missing, one.version.department_text, one.version.pk))


def _closed(version: MeasureVersion, on: dt.date) -> str:
    if version.state != "published":
        return _("措施没有发布，不能申报。")
    if version.opens_on and on < version.opens_on:
        return _("%(day)s起受理。") % {"day": day(version.opens_on)}
    if version.closes_on and on > version.closes_on:
        return _("已于%(day)s截止受理。") % {"day": day(version.closes_on)}
    if ended_versions(on).filter(pk=version.pk).exists():
        return _("所依据的文件已随事件结束而失效。")
    return ""


def _gaps_among(versions: Iterable[MeasureVersion], actor: Actor, on: dt.date) -> list[Gap]:
    return _told(_uncovered([(one, one.measure_id, one.area_path) for one in versions], actor, on), on)


def _uncovered(spots: Sequence[tuple[_Thing, int, str]], actor: Actor, on: dt.date) -> dict[tuple[_Thing, str], None]:
    """Of things with their measure and territory: each with the part of the actor's territories in which no rules cover it."""
    covers = _areas_of_cover(on)
    found = [
        (thing, area)
        for area_path in outermost(actor.area_paths)
        for thing, measure, reach in spots
        if (area := area_of_both(reach, area_path)) is not None and not any(area.startswith(held) for held in covers[measure])
    ]
    return dict.fromkeys(found)


def _areas_of_cover(on: dt.date) -> defaultdict[int, list[str]]:
    """Measure → territories in which rules in force cover it."""
    rows = Coverage.objects.filter(version__in=rules_in_force(on).order_by()).values_list("measure_id", "version__area_path")
    found: defaultdict[int, list[str]] = defaultdict(list)
    for measure, area_path in rows:
        found[measure].append(area_path)
    return found


def _told(found: Iterable[tuple[MeasureVersion, str]], on: dt.date) -> list[Gap]:
    found = list(found)
    measures = {version.measure_id for version, _area in found}
    rows = GapAssignment.objects.filter(measure__in=measures, closed_at=None).select_related("department")
    handed = {(one.measure_id, one.area_path): one for one in rows}
    underway = _underway(measures)
    made = [_gap(version, area, handed.get((version.measure_id, area)), underway, on) for version, area in found]
    return sorted(made, key=lambda one: (one.assignment is None, one.assignment.due_on if one.assignment else on))


def _gap(
    version: MeasureVersion,
    area: str,
    assignment: GapAssignment | None,
    underway: Mapping[int, Sequence[ImplementingRuleVersion]],
    on: dt.date,
) -> Gap:
    own = [one for one in underway.get(version.measure_id, ()) if area.startswith(one.area_path)]
    return Gap(version, area, assignment, own, assignment is not None and assignment.due_on < on)


def _underway(measures: Iterable[int]) -> dict[int, list[ImplementingRuleVersion]]:
    rows = Coverage.objects.filter(measure__in=list(measures), version__state__in=UNDERWAY).select_related("version")
    found: defaultdict[int, list[ImplementingRuleVersion]] = defaultdict(list)
    for one in rows.order_by("version__pk"):
        found[one.measure_id].append(one.version)
    return found
