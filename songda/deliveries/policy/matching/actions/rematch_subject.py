"""Match one firm at once, as a changed fact does: its intervals open and close the moment the fact is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries import published_versions
from songda.deliveries.policy.matching.models import Match
from songda.deliveries.policy.matching.queries.verdicts import FirmVerdict, judged, reaching
from songda.deliveries.policy.matching.rules.intervals import Changes, Interval, changes
from songda.engines.rules.verdict import Answer
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class Rematch:
    """The verdicts after a rematch, and which versions the firm entered and left."""

    verdicts: tuple[FirmVerdict, ...]
    entered: tuple[int, ...]
    left: tuple[int, ...]


@transaction.atomic
def rematch_subject(subject_id: int, *, by: Actor, now: dt.datetime) -> Rematch:
    """Judge the firm anew by every published measure of its area and bring its intervals up to date."""
    subject, on = subject_for(subject_id, by), clock.day_of(now)
    found = settle_subject(subject, list(published_versions(on)), on=on)
    if found.entered or found.left:
        after = {"entered": list(found.entered), "left": list(found.left)}
        record("matching.rematch", subject, by=by, now=now, after=after)
    return found


def settle_subject(subject: Subject, versions: Sequence[MeasureVersion], *, on: dt.date) -> Rematch:
    """Bring the intervals of one subject and these versions up to date by the row evaluator. Three queries and the writes."""
    counts = subject.merged_into_id is None and subject.status != Subject.Status.CLOSED
    known = facts.facts_of(subject.pk, on=on) if counts else {}
    verdicts = judged(reaching(subject.area_path, versions), known, on=on) if counts else []
    fits = {one.version.pk: one.fen for one in verdicts if one.answer is Answer.YES}
    found = changes(stored_intervals(subject, versions, on), fits, on)
    _write(subject, found, fits, on)
    return Rematch(tuple(verdicts), found.entered, found.left)


def stored_intervals(subject: Subject, versions: Sequence[MeasureVersion], on: dt.date) -> list[Interval]:
    """The subject's present intervals and those that ended on `on` or later; here the version plays the subject's part."""
    rows = Match.objects.filter(subject=subject, version__in=[version.pk for version in versions])
    wanted = rows.exclude(left_on__lt=on).values_list("id", "version_id", "entered_on", "left_on", "amount_fen")
    return [Interval(*row) for row in wanted]


def _write(subject: Subject, found: Changes, fits: dict[int, int | None], on: dt.date) -> None:
    Match.objects.filter(pk__in=[one.row for one in found.drop]).delete()
    Match.objects.filter(pk__in=[one.row for one in found.close]).update(left_on=on)
    Match.objects.filter(pk__in=[one.row for one in found.reopen]).update(left_on=None)
    for row, fen in found.amounts.items():
        Match.objects.filter(pk=row).update(amount_fen=fen)
    Match.objects.bulk_create(
        Match(version_id=version, subject=subject, area_path=subject.area_path, entered_on=on, amount_fen=fits[version])
        for version in found.enter
    )
