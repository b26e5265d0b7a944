"""What was explained, to whom it still has to be, and how far it has come (POL-10)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from songda.deliveries.policy.briefings.access import interpretations_visible_to
from songda.deliveries.policy.briefings.models import Explanation, Interpretation
from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching import queries as matching
from songda.deliveries.policy.matching.access import matches_visible_to
from songda.deliveries.policy.matching.models import Match
from songda.kernel import bulk
from songda.kernel.paths import within
from songda.registry.actors import Actor, require_area
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

GAPS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Fit:
    """A measure that fits a firm now, and how far its explanation has come."""

    version: MeasureVersion
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class FirmFits:
    """A firm with the measures that fit it: `explained` and `confirmed` of them."""

    subject: Subject
    fits: tuple[Fit, ...]

    @property
    def explained(self) -> int:
        """How many have been explained."""
        return sum(1 for one in self.fits if one.explanation)

    @property
    def confirmed(self) -> int:
        """How many explanations the firm has confirmed."""
        return sum(1 for one in self.fits if one.explanation and one.explanation.confirmed_at)


@dataclass(frozen=True, slots=True)
class MeasureCoverage:
    """A measure over the firms in scope that it fits now: explained to and confirmed by so many of them."""

    version: MeasureVersion
    firms: int
    explained: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class SectorCoverage:
    """A population drawn by rule on a day: firms that confirmed one measure (`version`) or, without one, every measure that fits them.

    `undecided`: the rule could not say of so many whether they belong. `nothing`: firms that no measure fits (only without `version`).
    """

    rule: str
    on: dt.date
    version: MeasureVersion | None
    firms: int
    explained: int
    confirmed: int
    nothing: int
    undecided: int
    gaps: tuple[Subject, ...]


def fits_of(subjects: Sequence[Subject]) -> list[FirmFits]:
    """The measures that presently fit each of a page of firms, those still to be explained first. Two queries."""
    keys = [one.pk for one in subjects]
    told: dict[tuple[int, int], Explanation] = {}
    for row in Explanation.objects.filter(subject__in=keys).order_by("pk"):
        best = told.get((row.subject_id, row.version_id))
        if best is None or (best.confirmed_at is None and row.confirmed_at is not None):
            told[row.subject_id, row.version_id] = row
    present = Match.objects.filter(subject__in=keys, left_on=None, version__state="published").select_related("version")
    found: defaultdict[int, list[Fit]] = defaultdict(list)
    for match in present.order_by("version__title", "pk"):
        found[match.subject_id].append(Fit(match.version, told.get((match.subject_id, match.version_id))))
    return [FirmFits(one, tuple(sorted(found[one.pk], key=_to_do_first))) for one in subjects]


def _to_do_first(fit: Fit) -> int:
    return 0 if fit.explanation is None else 1 if fit.explanation.confirmed_at is None else 2


def firms_to_explain(actor: Actor, text: str = "") -> QuerySet[Subject]:
    """The actor's firms."""
    rows = visible_to(actor).filter(status="open", kind="enterprise")
    if text.strip():
        rows = rows.filter(name__contains=text.strip())
    return rows.order_by("name_key", "id")


def by_measure(actor: Actor) -> list[MeasureCoverage]:
    """Every published measure that fits somebody in scope, with its coverage, the least confirmed first. Four queries."""
    present = matches_visible_to(actor).filter(left_on=None, version__state="published")
    firms = dict(present.order_by().values_list("version").annotate(Count("subject", distinct=True)))
    fits = Match.objects.filter(version=OuterRef("version"), subject=OuterRef("subject"), left_on=None)
    told = Explanation.objects.filter(Exists(fits), subject__in=visible_to(actor).values("pk")).order_by().values_list("version")
    explained = dict(told.annotate(Count("subject", distinct=True)))
    confirmed = dict(told.filter(confirmed_at__isnull=False).annotate(Count("subject", distinct=True)))
    versions = MeasureVersion.objects.filter(pk__in=list(firms)).order_by("title", "pk")
    rows = [MeasureCoverage(one, firms[one.pk], explained.get(one.pk, 0), confirmed.get(one.pk, 0)) for one in versions]
    return sorted(rows, key=lambda row: (row.confirmed / row.firms, -row.firms))


def sector_coverage(
    actor: Actor, area_path: str, rule: str, *, on: dt.date, version: MeasureVersion | None = None
) -> SectorCoverage:
    """How many of the firms that a rule draws in an area have it explained and say so (all 企业 without a rule).

    Invalid for a text that is no rule, Conflict before the first snapshot. The firms are those of the day, in the actor's sight.
    """
    require_area(actor, area_path)
    seen = set(visible_to(actor).values_list("pk", flat=True)) if actor.assigned_only else None
    here = [
        key for key in matching.standing_in(area_path, "enterprise").values_list("pk", flat=True) if seen is None or key in seen
    ]
    sifted = matching.sift(rule, here, on=on)
    firms = set(sifted.reasons)
    fits = _fitting(area_path, version)
    explained, confirmed = _told(area_path, version, sure=False), _told(area_path, version, sure=True)
    wanted = {key: fits.get(key, set()) for key in firms} if version is None else {key: {version.pk} for key in firms}
    having = {key: of for key, of in wanted.items() if of}
    done = {key for key, of in having.items() if of <= confirmed.get(key, set())}
    gaps = Subject.objects.filter(pk__in=sorted(set(having) - done)[:GAPS_SHOWN]).select_related("home").order_by("pk")
    return SectorCoverage(
        rule=sifted.text, on=on, version=version, firms=len(having), nothing=len(firms) - len(having), undecided=len(sifted.unknown),
        explained=sum(1 for key, of in having.items() if of <= explained.get(key, set())), confirmed=len(done), gaps=tuple(gaps),
    )  # fmt: skip


def _fitting(area_path: str, version: MeasureVersion | None) -> dict[int, set[int]]:
    """Published measures that fit now, by firm; nothing where one measure is asked for."""
    if version is not None:
        return {}
    rows = Match.objects.filter(within([area_path]), left_on=None, version__state="published")
    return _gathered(bulk.read(rows, "subject_id", "version_id"))


def _told(area_path: str, version: MeasureVersion | None, *, sure: bool) -> dict[int, set[int]]:
    rows = Explanation.objects.filter(within([area_path]))
    if version is not None:
        rows = rows.filter(version=version)
    if sure:
        rows = rows.filter(confirmed_at__isnull=False)
    return _gathered(bulk.read(rows, "subject_id", "version_id"))


def _gathered(rows: Iterable[Sequence[object]]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for subject, version in rows:
        found[int(str(subject))].add(int(str(version)))
    return found


def interpretation_of(measure_id: int, actor: Actor) -> Interpretation | None:
    """The article on a measure that is in force."""
    return interpretations_visible_to(actor).filter(measure_id=measure_id, state="published").first()


def interpretations_listed(actor: Actor, *, state: str = "", text: str = "") -> QuerySet[Interpretation]:
    """Articles in sight, the latest first; without a state those in force and drafts."""
    rows = interpretations_visible_to(actor)
    rows = rows.filter(state=state) if state else rows.filter(state__in=("draft", "published"))
    if text.strip():
        rows = rows.filter(Q(title__contains=text.strip()) | Q(body__contains=text.strip()))
    return rows.order_by("-pk")


def is_stale(one: Interpretation) -> bool:
    """Whether the measure has a newer published version than the article explains."""
    return one.measure.versions.filter(state="published", number__gt=one.based_on.number).exists()


def measures_to_interpret(actor: Actor) -> QuerySet[MeasureVersion]:
    """Published measures of the actor's reach."""
    return measures_visible_to(actor).filter(state="published").order_by("title", "pk")
