"""Share subjects among teams 分包, and hand everything over when a team is dissolved 解散移交. History is kept: rows end, none is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping import queries
from songda.deliveries.service.helping.actions.found_team import standing_team
from songda.deliveries.service.helping.models import Charge, Station, Team
from songda.deliveries.service.helping.queries.teams import Plan
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.actions import Said, ask_party, end_parties, step_case
from songda.ledger.cases.models import Case, Party
from songda.registry.actors import Actor, require
from songda.registry.subjects.access import subject_for


@transaction.atomic
def put_in_charge(team_id: int, subject_id: int, *, by: Actor, now: dt.datetime) -> Charge:
    """Put one subject in a team's care; the team of that kind before it is released in the same step."""
    require(by, "teams.edit")
    team, subject = standing_team(team_id, by), subject_for(subject_id, by)
    _write(team.kind, {subject.pk: team.pk}, day_of(now))
    record("team.charge", team, by=by, now=now, after={"subject": subject.pk})
    return Charge.objects.get(kind=team.kind, subject=subject, ends_on=None)


@transaction.atomic
def allocate(team_ids: Sequence[int], what: str, *, even: bool, by: Actor, now: dt.datetime) -> Plan:
    """Share a population among teams of one kind, evenly (no team has more than one more than another) or by area; what was done."""
    require(by, "teams.edit")
    teams = [standing_team(one, by) for one in dict.fromkeys(team_ids)]
    if not teams or len({team.kind for team in teams}) != 1:
        raise Invalid(_("请选择同一类型的队伍。"), fields={"teams": _("至少一支。")})
    plan = queries.plan_allocation(by, teams, what, even=even)
    _write(teams[0].kind, plan.found, day_of(now))
    after = {"what": what, "even": even, "shares": {share.team.pk: share.after for share in plan.shares}}
    record("team.allocate", teams[0], by=by, now=now, after={**after, "moved": plan.moves})
    return plan


def _write(kind: str, wanted: Mapping[int, int], today: dt.date) -> None:
    """End the charges that change and begin the new ones."""
    now = dict(Charge.objects.filter(kind=kind, ends_on=None).values_list("subject_id", "team_id"))
    moved = {subject: team for subject, team in wanted.items() if now.get(subject) != team}
    subjects = list(moved)
    for start in range(0, len(subjects), 500):
        Charge.objects.filter(kind=kind, ends_on=None, subject__in=subjects[start : start + 500]).update(ends_on=today)
    fresh = [Charge(team_id=team, kind=kind, subject_id=subject, starts_on=today) for subject, team in moved.items()]
    try:
        with transaction.atomic():
            Charge.objects.bulk_create(fresh, batch_size=500)
    except IntegrityError as error:
        raise Conflict(_("分包刚刚被他人调整。"), advice=_("请刷新后再试。")) from error


@transaction.atomic
def dissolve_team(team_id: int, successor_id: int | None, reason: str, *, by: Actor, now: dt.datetime) -> Team:
    """End a team today. What it had in its care and its open cases go to the successor; nothing may be left without one.

    Cases change hands by a step of their own ("更换经办"), so that their history shows it. Needs `teams.edit` and `cases.assign`.
    """
    require(by, "teams.edit")
    team, today = standing_team(team_id, by), day_of(now)
    if not reason.strip():
        raise Invalid(_("请写明解散或移交的原因。"), fields={"reason": _("例如：任务完成。")})
    charges = list(team.charges.filter(ends_on=None).values_list("subject_id", flat=True))
    cases = list(queries.open_cases_of(team).order_by("pk"))
    heir = standing_team(successor_id, by) if successor_id else None
    refuse_unheired(team, heir, len(charges), len(cases))
    if heir is not None:
        _write(team.kind, dict.fromkeys(charges, heir.pk), today)
        for case in cases:
            hand_case(case, team, heir, reason, by=by, now=now)
    team.members.filter(ends_on=None).update(ends_on=today)
    Station.objects.filter(team=team, ends_on=None).update(ends_on=today)
    if Team.objects.filter(pk=team.pk, ends_on=None).update(ends_on=today, successor=heir) != 1:
        raise Conflict(_("“%(name)s”已解散。") % {"name": team.name})
    told = {"successor": heir.pk if heir else None, "charges": len(charges), "cases": len(cases), "reason": reason}
    record("team.dissolve", team, by=by, now=now, after=told)
    team.refresh_from_db()
    return team


def refuse_unheired(team: Team, heir: Team | None, charges: int, cases: int) -> None:
    """Refuse to leave subjects or cases behind, to hand them to the team itself, and to hand them to a team of another kind."""
    if heir is None and (charges or cases):
        message = _("队伍还有 %(charges)d 个包干对象、%(cases)d 件未结事项。") % {"charges": charges, "cases": cases}
        raise Conflict(message, advice=_("请指定接续队伍。"))
    if heir is not None and (heir.pk == team.pk or heir.kind != team.kind):
        raise Invalid(_("接续队伍须是另一支同类型的队伍。"), fields={"successor": _("请另选。")})


def hand_case(case: Case, team: Team, heir: Team, reason: str, *, by: Actor, now: dt.datetime) -> None:
    """One open case goes over: its holder becomes the new team's leader, and its lead the new task force where the old one led it."""
    led = team.organisation_id is not None and case.lead_id == team.organisation_id
    lead = (heir.organisation_id or heir.lead_id) if led else case.lead_id
    said = Said(
        note=_("“%(old)s”移交“%(new)s”：%(reason)s") % {"old": team.name, "new": heir.name, "reason": reason.strip()},
        told=_("服务队伍调整，您的事项由“%(new)s”继续办理。") % {"new": heir.name},
        used={"team": team.pk, "to_team": heir.pk, "from": case.holder_id},
        changes={"holder_id": heir.leader_id, "lead_id": lead},
    )
    step_case(case.pk, "replace", said, by=by, now=now)
    if led and lead is not None:
        end_parties(case, now=now)
        ask_party(case, lead, Party.Role.LEAD, by=by, now=now, final=True)
