"""Who may see which places. Roads, checkpoints, markets and zones are known to every desk; sites, parcels and firms by scope."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.places.models import Place

COMMON = (Place.Kind.ROAD, Place.Kind.CHECKPOINT, Place.Kind.MARKET, Place.Kind.ZONE)


def visible_to(actor: Actor) -> QuerySet[Place]:
    """The places in an actor's sight, those no longer there too; doors ask for the permission. A firm sees its own and the common ones."""
    if actor.subject_id is not None:
        own = actor.may("firm.read") or actor.may("firm.act")
        return Place.objects.filter(Q(subject_id=actor.subject_id) | Q(kind__in=COMMON)) if own else Place.objects.none()
    scope = within(actor.area_paths)
    if actor.assigned_only:
        mine = Q(subject__assignments__post_id__in=actor.posts, subject__assignments__ends_on=None)
        scope &= Q(subject=None) | Q(pk__in=Place.objects.filter(mine).values("pk"))
    return Place.objects.filter(scope | Q(kind__in=COMMON))


def place_for(place_id: int, actor: Actor) -> Place:
    """One place in sight; NotFound for any other, whether it exists or not."""
    return one_of(
        visible_to(actor).select_related("home", "subject").filter(pk=place_id),
        _("没有这个位置，或不在您的辖区内。"),
        advice=_("请核对编号，或在位置列表中查找。"),
    )
