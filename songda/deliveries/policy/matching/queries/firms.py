"""The officer's list of firms: for each, how many measures fit, might fit and have been told. A constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import Max

from songda.deliveries.policy.library.queries import published_versions
from songda.deliveries.policy.matching.models import MatchRun
from songda.deliveries.policy.matching.queries.reach import fits_by_subject
from songda.engines.match.rails import Rows
from songda.ledger.notices import queries as notices
from songda.registry.facts import queries as facts
from songda.registry.facts.models import Snapshot
from songda.registry.subjects.models import Subject

TOPIC = "measure_version"


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A firm with its three figures. `might` is as of the last run (`as_of`); `fits` and `told` are of this moment."""

    subject: Subject
    fits: int
    might: int
    told: int
    as_of: dt.date | None


def rows_about(subjects: Sequence[Subject], *, on: dt.date) -> list[FirmRow]:
    """The rows of one page of subjects. Five queries, however many subjects and measures."""
    ids = [subject.pk for subject in subjects]
    versions = list(published_versions(on).values_list("pk", flat=True))
    fits = fits_by_subject(ids, versions)
    runs = last_runs(versions)
    might = undecided_counts(ids, runs)
    told = notices.told_topics(ids, TOPIC)
    as_of = min((run.on for run in runs), default=None)
    return [FirmRow(one, fits.get(one.pk, 0), might[one.pk], len(told.get(one.pk, ())), as_of) for one in subjects]


def last_runs(version_ids: Iterable[int]) -> list[MatchRun]:
    """The last run of each version, with its snapshot. Two queries."""
    last = MatchRun.objects.filter(version__in=list(version_ids)).order_by().values("version").annotate(last=Max("id"))
    return list(MatchRun.objects.filter(pk__in=[row["last"] for row in last]).select_related("snapshot"))


def undecided_counts(subject_ids: Sequence[int], runs: Iterable[MatchRun]) -> dict[int, int]:
    """How many of these runs left each subject 待核."""
    found = dict.fromkeys(subject_ids, 0)
    for run in runs:
        order = subjects_of(run.snapshot)
        places = np.searchsorted(order, subject_ids) if len(order) else np.zeros(0, np.int64)
        bits = np.frombuffer(bytes(run.undecided), np.uint8)
        for subject_id, place in zip(subject_ids, places.tolist(), strict=False):
            if place < len(order) and order[place] == subject_id:
                found[subject_id] += int(bits[place >> 3]) >> (place & 7) & 1
    return found


def undecided_subjects(version_ids: Iterable[int]) -> dict[int, Rows]:
    """For each version, the numbers of the subjects that its last run left 待核, ascending. Two queries."""
    found: dict[int, Rows] = {}
    for run in last_runs(version_ids):
        order = subjects_of(run.snapshot)
        bits = np.unpackbits(np.frombuffer(bytes(run.undecided), np.uint8), bitorder="little")[: len(order)]
        found[run.version_id] = order[: len(bits)][bits.astype(bool)]
    return found


def subjects_of(snapshot: Snapshot) -> Rows:
    """The subject numbers of a snapshot in the order of its rows, which is ascending."""
    return _subjects(snapshot.pk, snapshot.digest)


@lru_cache(4)
def _subjects(snapshot_id: int, digest: str) -> Rows:
    return facts.snapshot_frame(Snapshot.objects.get(pk=snapshot_id, digest=digest), []).subjects
