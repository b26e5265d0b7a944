"""Places that subjects may belong to."""

from __future__ import annotations

from django.db.models import QuerySet

from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

NO_HOME = (Organisation.Kind.DEPARTMENT, Organisation.Kind.TASK_FORCE, Organisation.Kind.PARK)


def areas_for(actor: Actor) -> QuerySet[Organisation]:
    """Districts, zones and streets within an actor's scope, for whose subjects a file may be taken."""
    return homes_below(actor.area_paths)


def homes_below(paths: tuple[str, ...]) -> QuerySet[Organisation]:
    """Places at or below these paths that may be a subject's home."""
    return Organisation.objects.filter(within(paths)).exclude(kind__in=NO_HOME).order_by("area_path", "code")
