"""Who sees and who changes what: subjects by their own access, lists and areas by territory. Denied by default."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import heads, within
from songda.kernel.sight import one_of
from songda.office.resumption.models import Arrival, Denominator, Entry, Lamp, RiskArea, StopOrder
from songda.registry.actors import Actor
from songda.registry.subjects.access import visible_to

Row = TypeVar("Row", bound=Model)


def must(actor: Actor, permission: str) -> None:
    """Refuse a post without the permission."""
    if not actor.may(permission):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系统筹调度员。"))


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """The negative list is for every post of the government: what holds in its territory, above it and below it."""
    above = {head for path in actor.area_paths for head in heads(path)}
    general = Q(subject=None) & (Q(area_path__in=["", *above]) | within(actor.area_paths))
    return Entry.objects.filter(general | Q(subject__in=visible_to(actor))).select_related("subject")


def entry_to_delist(entry_id: int, actor: Actor) -> Entry:
    """An entry that the actor's own territory made; NotFound for others."""
    found = entries_visible_to(actor).filter(pk=entry_id).first()
    own = found is not None and actor.works_in(found.area_path)
    if found is None or not own:
        raise NotFound(_("没有这一条目，或不由您的辖区列入。"))
    return found


def stops_visible_to(actor: Actor) -> QuerySet[StopOrder]:
    """Stop orders of the subjects in sight."""
    return StopOrder.objects.filter(subject__in=visible_to(actor)).select_related("subject", "lamp")


def stop_for(stop_id: int, actor: Actor) -> StopOrder:
    """One stop order in sight, or NotFound."""
    return _found(stops_visible_to(actor), stop_id)


def lamps_visible_to(actor: Actor) -> QuerySet[Lamp]:
    """Control lights of the subjects in sight."""
    return Lamp.objects.filter(subject__in=visible_to(actor)).select_related("subject")


def arrivals_visible_to(actor: Actor) -> QuerySet[Arrival]:
    """Arrivals at the subjects in sight; an office's territory is one range of the index."""
    rows = Arrival.objects.select_related("subject", "risk")
    if actor.subject_id is None and not actor.assigned_only:
        return rows.filter(within(actor.area_paths))
    return rows.filter(subject__in=visible_to(actor))


def arrival_for(arrival_id: int, actor: Actor) -> Arrival:
    """One arrival in sight, or NotFound."""
    return _found(arrivals_visible_to(actor), arrival_id)


def risks_visible_to(actor: Actor) -> QuerySet[RiskArea]:
    """Risk areas that concern the territory: announced for it, above it or below it."""
    above = {head for path in actor.area_paths for head in heads(path)}
    return RiskArea.objects.filter(Q(area_path__in=["", *above]) | within(actor.area_paths))


def risk_to_end(risk_id: int, actor: Actor) -> RiskArea:
    """A risk area that the actor's own territory announced; NotFound for others."""
    found = risks_visible_to(actor).filter(pk=risk_id).first()
    if found is None or not actor.works_in(found.area_path):
        raise NotFound(_("没有这个风险地区，或不由您的辖区登记。"))
    return found


def denominators_visible_to(actor: Actor) -> QuerySet[Denominator]:
    """Frozen denominators of the territory."""
    return Denominator.objects.filter(within(actor.area_paths)).select_related("organisation")


def _found(rows: QuerySet[Row], pk: int) -> Row:
    return one_of(rows.filter(pk=pk), _("没有找到，或不在您的辖区内。"), advice=_("请从列表进入。"))
