"""Send an officer to stay at a firm 驻企, and keep what was done there."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping.access import station_for
from songda.deliveries.service.helping.actions.found_team import standing_team
from songda.deliveries.service.helping.models import Guidance, Station
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.access import case_for
from songda.registry.actors import Actor, require
from songda.registry.people.access import post_for
from songda.registry.people.rules import holds_on
from songda.registry.subjects.access import subject_for


@transaction.atomic
def station_officer(subject_id: int, post_id: int, *, by: Actor, now: dt.datetime, team_id: int | None = None) -> Station:
    """Station a post at a firm from today."""
    require(by, "teams.edit")
    subject, post, today = subject_for(subject_id, by), post_for(post_id, by), day_of(now)
    if post.organisation is None or not holds_on(post.starts_on, post.ends_on, today):
        raise Invalid(_("该岗位当日不在任，或不是政府岗位。"), fields={"post": _("请选择在任岗位。")})
    team = standing_team(team_id, by) if team_id else None
    try:
        with transaction.atomic():
            made = Station.objects.create(subject=subject, post=post, team=team, starts_on=today)
    except IntegrityError as error:
        raise Conflict(_("该岗位已在这家企业驻企。")) from error
    record("station.begin", made, by=by, now=now, after={"subject": subject.pk, "post": post.pk})
    return made


@transaction.atomic
def end_station(station_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Call an officer back."""
    require(by, "teams.edit")
    station = station_for(station_id, by)
    if Station.objects.filter(pk=station.pk, ends_on=None).update(ends_on=day_of(now)) != 1:
        raise Conflict(_("驻企已经结束。"))
    record("station.end", station, by=by, now=now, before={"subject": station.subject_id, "post": station.post_id})


@transaction.atomic
def log_guidance(station_id: int, text: str, *, by: Actor, now: dt.datetime, case_id: int | None = None) -> Guidance:
    """Note what was done at the firm; `case_id`: the case that came of it, of the same firm. By the stationed post alone."""
    station = station_for(station_id, by)
    if station.post_id not in by.posts:
        raise NotPermitted(_("驻企指导由驻企人员本人记录。"))
    if station.ends_on is not None:
        raise Conflict(_("驻企已经结束。"))
    if not text.strip():
        raise Invalid(_("请写明指导内容。"), fields={"text": _("一句话即可。")})
    case = case_for(case_id, by) if case_id else None
    if case is not None and case.subject_id != station.subject_id:
        raise Invalid(_("所选事项不是这家企业的。"), fields={"case": _("请重新选择。")})
    made = Guidance.objects.create(station=station, at=now, text=text.strip()[:400], case=case, name=by.name)
    record("station.log", station, by=by, now=now, after={"guidance": made.pk, "case": case_id})
    return made
