"""Who fits now: present matches of published measures, as a push and the lists of firms read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, QuerySet

from songda.deliveries.policy.matching.access import matches_visible_to
from songda.deliveries.policy.matching.models import Match
from songda.kernel import bulk
from songda.kernel.paths import within
from songda.registry.actors import Actor


def presently_fitting(version_ids: Iterable[int], area_path: str, actor: Actor) -> QuerySet[Match]:
    """Present matches of these versions in an area, within the actor's scope."""
    rows = matches_visible_to(actor).filter(within([area_path]), version__in=list(version_ids), left_on=None)
    return rows.order_by("subject_id", "version_id")


def fitting_rows(matches: QuerySet[Match]) -> Iterator[tuple[int, int, str, int | None]]:
    """(subject, version, area, fen) of matches, without a model instance each."""
    for subject, version, area, fen in bulk.read(matches, "subject_id", "version_id", "area_path", "amount_fen"):
        yield int(str(subject)), int(str(version)), str(area), None if fen is None else int(str(fen))


def fits_by_subject(subject_ids: Iterable[int], version_ids: Iterable[int]) -> dict[int, int]:
    """How many of these versions each subject presently fits. One query."""
    rows = Match.objects.filter(subject__in=list(subject_ids), version__in=list(version_ids), left_on=None)
    return dict(rows.order_by().values_list("subject_id").annotate(count=Count("id")))
