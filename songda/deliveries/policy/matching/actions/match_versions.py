"""Match measure versions against a snapshot: one pass over the firms for all rules, then only what changed is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from songda import __version__
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.models import Match, MatchRun
from songda.deliveries.policy.matching.queries.snapshots import Population, matcher_for, newer_than, population_of
from songda.deliveries.policy.matching.queries.verdicts import amount_of, condition_of
from songda.deliveries.policy.matching.rules.intervals import Changes, Interval, changes
from songda.engines.match.matched import Matched
from songda.engines.match.matcher import Matcher
from songda.engines.match.rails import Rows, pack, unpack
from songda.kernel import bulk
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.facts.models import Snapshot

Progress = Callable[[int, int], None]
ENGINE = f"match {__version__}"
AT_ONCE = 5000
COLUMNS = ("version_id", "subject_id", "area_path", "entered_on", "left_on", "amount_fen")


def match_versions(
    snapshot: Snapshot,
    versions: Iterable[MeasureVersion],
    *,
    by: Actor,
    now: dt.datetime,
    progress: Progress | None = None,
) -> list[MatchRun]:
    """Match each version with a rule against the firms of its area; one run a version, one transaction a version.

    Interrupted, it can be run again: a version already done writes nothing. Firms with facts recorded after the snapshot are
    counted in the run and left alone in the intervals. Conflict when a version has been matched on a later day.
    """
    chosen = [version for version in versions if version.rule_version_id is not None]
    refuse_going_back(chosen, snapshot.as_of)
    population = population_of(snapshot, chosen)
    matcher = matcher_for(snapshot, population)
    matched = matcher.match({str(version.pk): condition_of(version) for version in chosen})
    newer = newer_than(snapshot)
    runs = []
    for place, version in enumerate(chosen, start=1):
        runs.append(_settle(snapshot, version, Look(population, matcher, matched, version), newer, by=by, now=now))
        if progress is not None:
            progress(place, len(chosen))
    return runs


class Look:
    """One version's answers over the population: who of its area is 是, 待核, 否, and the expected amounts."""

    def __init__(self, population: Population, matcher: Matcher, matched: Matched, version: MeasureVersion) -> None:
        name, inside = str(version.pk), population.in_area(version.area_path)
        eligible = unpack(matched.eligible_words(name), matched.n) & inside
        self.population = population
        self.undecided = unpack(matched.undecided_words(name), matched.n) & inside
        self.rows: Rows = np.flatnonzero(eligible)
        self.unknown = int(self.undecided.sum())
        self.no = int(inside.sum()) - len(self.rows) - self.unknown
        self.amounts, self.total = self._amounts(matcher, version)

    def _amounts(self, matcher: Matcher, version: MeasureVersion) -> tuple[Sequence[int | None], int | None]:
        formula = amount_of(version)
        if formula is None:
            return [None] * len(self.rows), None
        found = matcher.amounts(formula, self.rows)
        fen = [value if known else None for value, known in zip(found.fen.tolist(), found.known.tolist(), strict=True)]
        return fen, found.total

    @property
    def fits(self) -> dict[int, int | None]:
        """Subjects that are 是, with their amounts in fen."""
        return dict(zip(self.population.subjects(self.rows), self.amounts, strict=True))

    @property
    def areas(self) -> dict[int, str]:
        """Area of every subject that is 是."""
        return dict(zip(self.population.subjects(self.rows), self.population.areas[self.rows].tolist(), strict=True))


def refuse_going_back(versions: Sequence[MeasureVersion], on: dt.date) -> None:
    """Intervals only go forward: an older snapshot cannot say what changed since."""
    later = MatchRun.objects.filter(version__in=[version.pk for version in versions], on__gt=on).order_by("-on").first()
    if later is not None:
        raise Conflict(
            _("已有 %(on)s 的匹配结果，不能再用更早的快照匹配。") % {"on": later.on},
            advice=_("请先生成新的快照，再重新匹配。"),
        )


@transaction.atomic
def _settle(
    snapshot: Snapshot, version: MeasureVersion, look: Look, newer: Collection[int], *, by: Actor, now: dt.datetime
) -> MatchRun:
    """Write one version's run, if it is new, and the changes of its intervals."""
    found = changes(stored_intervals(version, snapshot.area_path, snapshot.as_of), look.fits, snapshot.as_of, newer)
    write_changes(version, found, look.fits, look.areas, snapshot.as_of)
    key = {"snapshot": snapshot, "version": version, "on": snapshot.as_of, "engine": ENGINE}
    counts = {"yes": len(look.rows), "no": look.no, "unknown": look.unknown, "amount_fen": look.total}
    undecided = pack(look.undecided).tobytes()
    run, is_new = MatchRun.objects.get_or_create(defaults={**counts, "undecided": undecided, "ran_at": now}, **key)
    if is_new or found:
        after = {**counts, "entered": len(found.entered), "left": len(found.left), "snapshot": snapshot.digest}
        record("matching.match", run, by=by, now=now, after=after)
    return run


def stored_intervals(version: MeasureVersion, area_path: str, on: dt.date) -> list[Interval]:
    """The version's present intervals in an area and those that ended on `on` or later."""
    rows = Match.objects.filter(within([area_path]), version=version)
    wanted = rows.filter(left_on=None).union(rows.filter(left_on__gte=on), all=True)
    return [Interval(*row) for row in wanted.values_list("id", "subject_id", "entered_on", "left_on", "amount_fen")]


def write_changes(
    version: MeasureVersion, found: Changes, fits: dict[int, int | None], areas: dict[int, str], on: dt.date
) -> None:
    """Write what `rules.intervals.changes` found."""
    bulk.update(Match, ["left_on"], ((on, one.row) for one in found.close))
    bulk.update(Match, ["left_on"], ((None, one.row) for one in found.reopen))
    bulk.update(Match, ["amount_fen"], ((fen, row) for row, fen in found.amounts.items()))
    for start in range(0, len(found.drop), AT_ONCE):
        Match.objects.filter(pk__in=[one.row for one in found.drop[start : start + AT_ONCE]]).delete()
    entering = ((version.pk, subject, areas[subject], on, None, fits[subject]) for subject in found.enter)
    bulk.insert(Match, COLUMNS, entering)
