"""Who sees which matches: those of the subjects in scope."""

from __future__ import annotations

from django.db.models import QuerySet

from songda.deliveries.policy.matching.models import Match
from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.subjects import access as subjects


def matches_visible_to(actor: Actor) -> QuerySet[Match]:
    """Matches in the actor's scope: by the copied path for one subtree, else by the subjects in scope."""
    if actor.subject_id is not None:
        return Match.objects.filter(subject_id=actor.subject_id)
    if actor.assigned_only or len(actor.area_paths) != 1:
        return Match.objects.filter(subject__in=subjects.visible_to(actor))
    return Match.objects.filter(within(actor.area_paths))
