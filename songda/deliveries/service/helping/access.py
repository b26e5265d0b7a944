"""Who sees and who changes what. Teams by territory; enquiries, calls and letters by unit or territory; a firm only what is its own."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.service.helping.models import Enquiry, Feedback, Hotline, Knowledge, PowerOfAttorney, Station, Team
from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import heads, within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor, require
from songda.registry.subjects import access as subjects

Row = TypeVar("Row", bound=Model)


def area_of(actor: Actor) -> str:
    """The territory the post's unit works for; NotPermitted for a firm's post."""
    if not actor.area_paths:
        raise NotPermitted(_("企业岗位不能办理这项工作。"))
    return actor.area_paths[0]


def teams_visible_to(actor: Actor) -> QuerySet[Team]:
    """The teams of the territory, past ones too."""
    return Team.objects.filter(within(actor.area_paths)).select_related("lead", "organisation", "leader__person")


def team_for(team_id: int, actor: Actor) -> Team:
    """One team in sight, or NotFound."""
    return _found(teams_visible_to(actor), team_id)


def stations_visible_to(actor: Actor) -> QuerySet[Station]:
    """Stations in the territory; an officer's own; a firm's own."""
    rows = Station.objects.select_related("subject", "post__person", "post__organisation", "team")
    if actor.subject_id is not None:
        return rows.filter(subject_id=actor.subject_id)
    if actor.assigned_only:
        return rows.filter(post_id__in=actor.posts)
    return rows.filter(within(actor.area_paths, "subject__area_path"))


def station_for(station_id: int, actor: Actor) -> Station:
    """One station in sight, or NotFound."""
    return _found(stations_visible_to(actor), station_id)


def enquiries_visible_to(actor: Actor) -> QuerySet[Enquiry]:
    """What the post's own unit took, and with `cases.see` what the territory took."""
    return Enquiry.objects.filter(_own_or_territory(actor, "unit_id")).select_related("unit", "subject", "case")


def enquiry_for(enquiry_id: int, actor: Actor) -> Enquiry:
    """One enquiry in sight, or NotFound."""
    return _found(enquiries_visible_to(actor), enquiry_id)


def hotlines_visible_to(actor: Actor) -> QuerySet[Hotline]:
    """The lines the post's unit answers for, and with `cases.see` those of the territory."""
    return Hotline.objects.filter(_own_or_territory(actor, "owner_id")).select_related("owner")


def feedback_visible_to(actor: Actor) -> QuerySet[Feedback]:
    """Letters about the post's own unit, and with `cases.see` those of the territory."""
    return Feedback.objects.filter(_own_or_territory(actor, "unit_id")).select_related("unit", "subject", "case", "mention_of")


def feedback_for(feedback_id: int, actor: Actor) -> Feedback:
    """One letter in sight, or NotFound."""
    return _found(feedback_visible_to(actor), feedback_id)


def knowledge_visible_to(actor: Actor) -> QuerySet[Knowledge]:
    """Settled answers of the territory and of those above it."""
    above = {head for path in actor.area_paths for head in heads(path)}
    return Knowledge.objects.filter(Q(area_path__in=above) | within(actor.area_paths), withdrawn_at=None)


def powers_visible_to(actor: Actor) -> QuerySet[PowerOfAttorney]:
    """A firm's own powers; for offices those given to the post, and those of subjects in the territory for who assigns work."""
    rows = PowerOfAttorney.objects.select_related("subject", "agent__person", "paper")
    if actor.subject_id is not None:
        return rows.filter(subject_id=actor.subject_id)
    mine = Q(agent_id__in=actor.posts)
    return rows.filter(mine | within(actor.area_paths, "subject__area_path") if actor.may("cases.assign") else mine)


def power_to_revoke(power_id: int, actor: Actor) -> PowerOfAttorney:
    """A power in sight that the actor may end: the firm itself, or who assigns work."""
    require(actor, "firm.act", "cases.assign")
    return _found(powers_visible_to(actor), power_id)


def subject_of_own_or_scope(subject_id: int | None, actor: Actor) -> int:
    """The firm an actor speaks for: its own, or one in sight."""
    wanted = actor.subject_id if actor.subject_id is not None else subject_id
    if wanted is None:
        raise NotFound(_("请先选择企业。"))
    return subjects.subject_for(wanted, actor).pk


def _own_or_territory(actor: Actor, unit: str) -> Q:
    if actor.subject_id is not None:
        return Q(pk__in=())
    own = Q(**{unit: actor.organisation_id}) if actor.organisation_id else Q(pk__in=())
    return own | within(actor.area_paths) if actor.may("cases.see") else own


def _found(rows: QuerySet[Row], pk: int) -> Row:
    return one_of(rows.filter(pk=pk), _("没有找到，或不在您的辖区内。"), advice=_("请从列表进入。"))
