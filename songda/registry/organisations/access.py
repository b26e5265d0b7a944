"""Which units an actor sees: those of its territory, and the chain of units above, so that nobody floats in the air."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.paths import heads, within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation


def visible_to(actor: Actor) -> QuerySet[Organisation]:
    """The units of the actor's territories and the areas above them. None for a firm's post."""
    above = {head for path in actor.area_paths for head in heads(path)}
    territory = Q(area_path__in=above, kind__in=("city", "district", "zone"))
    return Organisation.objects.filter(within(actor.area_paths) | territory)


def organisation_for(organisation_id: int, actor: Actor) -> Organisation:
    """One unit within the actor's sight, or NotFound."""
    return one_of(visible_to(actor).filter(pk=organisation_id), _("没有找到该机构。"), advice=_("它可能不在您的辖区内。"))
