"""Who sees which files: those taken in for a territory within one's own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.intake.models import Intake

__all__ = ["intake_for", "visible_to"]


def visible_to(actor: Actor) -> QuerySet[Intake]:
    """Files for the actor's subtrees, the latest first. A firm's post sees none."""
    return Intake.objects.none() if actor.subject_id is not None else Intake.objects.filter(within(actor.area_paths))


def intake_for(intake_id: int, actor: Actor) -> Intake:
    """One file in scope; NotFound for any other."""
    return one_of(visible_to(actor).filter(pk=intake_id), _("没有这次导入，或不在您的辖区内。"))
