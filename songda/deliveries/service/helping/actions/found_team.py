"""Set up a team 成立专班, and its people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping.access import team_for
from songda.deliveries.service.helping.models import Team, TeamMember
from songda.deliveries.service.helping.rules.leading import fault_of_leader
from songda.deliveries.service.helping.states import TeamKind
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor, require
from songda.registry.organisations.access import organisation_for
from songda.registry.people.access import post_for
from songda.registry.people.models import Post
from songda.registry.people.rules import holds_on


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team to be: its kind, name, the unit that leads it, who leads the people and with what rank; the task force where there is one."""

    kind: str
    name: str
    lead_id: int
    leader_id: int | None
    leader_rank: str
    purpose: str = ""
    organisation_id: int | None = None


@transaction.atomic
def found_team(new: NewTeam, *, by: Actor, now: dt.datetime) -> Team:
    """Set a team up from today. Refused: a guidance group led below section level, a name or task force that has a team already."""
    require(by, "teams.edit")
    lead = organisation_for(new.lead_id, by)
    force = organisation_for(new.organisation_id, by) if new.organisation_id else None
    if new.kind not in TeamKind.values or not new.name.strip():
        raise Invalid(_("请填写队伍类型和名称。"), fields={"name": _("例如：第一服务指导小组。")})
    if force is not None and force.kind != "task_force":
        raise Invalid(_("所选机构不是专班。"), fields={"organisation": _("请从专班中选择。")})
    if fault := fault_of_leader(new.kind, new.leader_rank):
        raise Invalid(fault, fields={"leader_rank": fault})
    today = day_of(now)
    leader = _present(new.leader_id, by, today) if new.leader_id else None
    try:
        with transaction.atomic():
            team = Team.objects.create(
                kind=new.kind, name=new.name.strip()[:80], purpose=new.purpose.strip()[:200], lead=lead, organisation=force,
                area_path=lead.area_path, leader=leader, leader_rank=new.leader_rank, starts_on=today,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("该单位已有同名队伍，或该专班已成立队伍。"), advice=_("请核对现有队伍。")) from error
    record("team.found", team, by=by, now=now, after={"kind": team.kind, "name": team.name, "lead": lead.code})
    if leader is not None:
        TeamMember.objects.create(team=team, post=leader, speciality=_("负责人"), starts_on=today)
    return team


@transaction.atomic
def add_member(team_id: int, post_id: int, *, by: Actor, now: dt.datetime, speciality: str = "") -> TeamMember:
    """Second a post to a team from today."""
    require(by, "teams.edit")
    team, today = standing_team(team_id, by), day_of(now)
    post = _present(post_id, by, today)
    try:
        with transaction.atomic():
            member = TeamMember.objects.create(team=team, post=post, speciality=speciality.strip()[:60], starts_on=today)
    except IntegrityError as error:
        raise Conflict(_("该岗位已在队伍中。")) from error
    record("team.add_member", team, by=by, now=now, after={"post": post.pk, "speciality": member.speciality})
    return member


@transaction.atomic
def end_member(member_id: int, *, by: Actor, now: dt.datetime) -> TeamMember:
    """A post goes back to its unit. The leader stays while the team stands."""
    require(by, "teams.edit")
    member = TeamMember.objects.select_related("team").filter(pk=member_id).first()
    team = team_for(member.team_id if member else 0, by)
    if member is None or member.post_id == team.leader_id:
        raise Conflict(_("负责人不能退出，请先解散队伍或另立负责人。"))
    if TeamMember.objects.filter(pk=member_id, ends_on=None).update(ends_on=day_of(now)) != 1:
        raise Conflict(_("该成员已退出。"))
    record("team.end_member", team, by=by, now=now, before={"post": member.post_id})
    member.refresh_from_db()
    return member


def standing_team(team_id: int, by: Actor) -> Team:
    """A team in sight that has not been dissolved."""
    team = team_for(team_id, by)
    if team.ends_on is not None:
        raise Conflict(_("“%(name)s”已解散。") % {"name": team.name})
    return team


def _present(post_id: int, by: Actor, on: dt.date) -> Post:
    post = post_for(post_id, by)
    if not holds_on(post.starts_on, post.ends_on, on):
        raise Invalid(_("该岗位当日不在任。"), fields={"post": _("请选择在任岗位。")})
    return post
