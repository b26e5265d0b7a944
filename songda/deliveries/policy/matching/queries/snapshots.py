"""The population as the matcher sees it: a snapshot's frame, who in it counts, and what is newer than it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.queries.verdicts import amount_of, condition_of
from songda.engines.match.frame import Frame
from songda.engines.match.matcher import Matcher
from songda.engines.match.plan import facts_of
from songda.engines.match.rails import Flags, Rows
from songda.engines.rules.catalogue import Catalogue
from songda.kernel.paths import path_end, within
from songda.registry.facts import queries as facts
from songda.registry.facts.models import Fact, Snapshot
from songda.registry.subjects.models import Subject


@dataclass(frozen=True)
class Population:
    """The subjects of a frame with their areas: '' for one that does not count (merged, closed or gone)."""

    frame: Frame
    areas: np.ndarray[tuple[int], np.dtype[np.object_]]

    @cached_property
    def counts(self) -> Flags:
        """Which rows count at all."""
        return np.array([area is not None for area in self.areas], bool)

    def in_area(self, path: str) -> Flags:
        """Which rows lie in the subtree of `path`."""
        if not path:
            return self.counts
        end = path_end(path)
        return np.array([area is not None and path <= area < end for area in self.areas], bool)

    def among(self, subject_ids: Iterable[int]) -> Flags:
        """Which rows are these subjects."""
        return np.isin(self.frame.subjects, np.fromiter(subject_ids, np.int64))

    def subjects(self, rows: Rows) -> list[int]:
        """Subject numbers at these rows."""
        numbers: list[int] = self.frame.subjects[rows].tolist()
        return numbers


def population_of(snapshot: Snapshot, versions: Iterable[MeasureVersion]) -> Population:
    """The frame of the facts that these versions look at, with the areas of its subjects. One query and one file."""
    needed = frozenset(code for version in versions for code in facts_needed(version))
    frame = frame_with(snapshot, needed)
    areas = areas_of_subjects(snapshot.area_path)
    return Population(frame, np.array([areas.get(subject) for subject in frame.subjects.tolist()], object))


def frame_with(snapshot: Snapshot, codes: frozenset[str]) -> Frame:
    """The snapshot's columns of these facts. The last two are kept in the process: a push follows its dry run."""
    return _frame(snapshot.pk, snapshot.digest, codes, facts.catalogue())


@lru_cache(2)
def _frame(snapshot_id: int, digest: str, codes: frozenset[str], _catalogue: Catalogue) -> Frame:
    return facts.snapshot_frame(Snapshot.objects.get(pk=snapshot_id, digest=digest), sorted(codes))


def facts_needed(version: MeasureVersion) -> frozenset[str]:
    """Codes of all facts that a version's condition and formula look at."""
    return facts_of(condition_of(version)) | facts_of(amount_of(version))


def areas_of_subjects(area_path: str) -> dict[int, str]:
    """Area of every subject in a subtree that can fit a measure at all: neither merged into another nor closed."""
    rows = Subject.objects.filter(within([area_path]), merged_into=None).exclude(status=Subject.Status.CLOSED)
    return dict(rows.values_list("id", "area_path"))


def matcher_for(snapshot: Snapshot, population: Population) -> Matcher:
    """A matcher over the population, on the snapshot's day."""
    return Matcher(population.frame, facts.catalogue(), snapshot.as_of)


def newer_than(snapshot: Snapshot) -> set[int]:
    """Subjects with a fact recorded after the snapshot: the row evaluator has spoken about them since. Walks the facts."""
    recorded = Fact.objects.filter(recorded_at__gt=snapshot.known_at)
    return set(recorded.order_by().values_list("subject_id", flat=True).distinct())


def latest_snapshot() -> Snapshot | None:
    """The latest snapshot of the whole place."""
    return Snapshot.objects.filter(area_path="").order_by("-known_at", "-id").first()
