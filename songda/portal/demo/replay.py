"""What the texts count, replayed in the ledger 原文重放: as many matters, firms and groups as they say, each through the real steps.

Only the numbers, the units and the days are the texts'; firms and posts are the demonstration's own, and marked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands import actions as demands
from songda.deliveries.service.demands.actions import Assignees, NewDemand, Opinion, Result
from songda.deliveries.service.helping import actions as helping
from songda.deliveries.service.helping.actions import NewTeam
from songda.deliveries.service.helping.models import Team
from songda.kernel import clock
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case
from songda.ledger.evidence.actions import Given, store_evidence
from songda.registry.actors import Actor, house
from songda.registry.organisations import queries as organisations
from songda.registry.organisations.models import Organisation
from songda.registry.people.actions import NewPost, appoint
from songda.registry.people.models import Person, Post
from songda.registry.people.queries import actor_for
from songda.registry.people.states import Role
from songda.registry.subjects.models import Subject

SINCE = dt.date(2020, 3, 2)
HOUR = dt.timedelta(hours=1)
OFFICE = ("cases.see", "cases.file", "cases.assign", "teams.edit")


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says of a unit: how many matters closed and open, of how many firms, with how many groups, until when."""

    unit: str
    area: str
    at: dt.datetime
    firms: int
    closed: int
    open: int
    groups: int
    title: str
    quote: str

    @property
    def matters(self) -> int:
        """Closed and open together."""
        return self.closed + self.open


def texts() -> list[Told]:
    """replay.yaml."""
    data = yaml.safe_load(files("songda.portal.demo").joinpath("replay.yaml").read_text(encoding="utf-8"))
    return [_told(one) for one in data["replays"]]


def _told(one: Mapping[str, Any]) -> Told:
    evening = clock.start_of(dt.date.fromisoformat(one["at"])) + 18 * HOUR
    plain = {name: one[name] for name in ("unit", "area", "firms", "closed", "open", "groups", "title", "quote")}
    return Told(at=evening, **plain)


def replayed() -> bool:
    """Whether it was done before."""
    return Team.objects.filter(demonstration=True).exists()


@transaction.atomic
def replay(one: Told, *, demonstration: bool, by: Actor, now: dt.datetime) -> list[Case]:
    """File, handle, confirm and close as many matters as the text says, over the days before it; the cases. Demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("原文重放只能在演示环境中进行。"))
    unit = organisations.by_code(one.unit)
    handler, second = (post_of(unit, role, by, now) for role in (Role.DEPARTMENT_DESK, Role.DEPARTMENT_LEAD))
    office = replace(house(*OFFICE), name=_("演示调度"), area_paths=(organisations.by_code(one.area).area_path,))
    if one.groups:
        _groups(one, unit, office, by, now)
    here = Subject.objects.filter(
        area_path__startswith=office.area_paths[0], demonstration=True, kind="enterprise", merged_into=None
    )
    firms = list(here.order_by("pk")[: one.firms])
    made = []
    for number in range(one.matters):
        began = clock.start_of(SINCE + dt.timedelta(days=number % 9)) + 10 * HOUR
        case = _begin(one, number, firms[number % len(firms)], (unit, handler, office), began)
        if number < one.closed:
            _finish(case, handler, second, began)
        made.append(case)
    return made


def _begin(one: Told, number: int, firm: Subject, who: tuple[Organisation, Actor, Actor], at: dt.datetime) -> Case:
    unit, handler, office = who
    new = NewDemand(_("原文所载%(title)s第%(n)d条") % {"title": one.title, "n": number + 1}, text=one.quote, channel="visit")
    case = demands.file_demand(firm.pk, new, by=office, now=at, request_key=f"replay:{one.unit}:{number}")
    demands.assign_demand(case.pk, Assignees(unit.pk), by=office, now=at + HOUR)
    demands.take_demand(case.pk, by=handler, now=at + 4 * HOUR)
    return case


def _finish(case: Case, handler: Actor, second: Actor, began: dt.datetime) -> None:
    """The result with its paper, the firm's yes, and the second person's closing."""
    day = dt.timedelta(days=1)
    words = _("演示凭证：%(number)s 已协调解决。") % {"number": case.number}
    name = f"{hashlib.sha256(words.encode()).hexdigest()[:8]}.txt"
    paper = store_evidence(
        io.BytesIO(words.encode()),
        name=name,
        kind="receipt",
        given=Given(subject_id=case.subject_id),
        by=handler,
        now=began + day,
    )
    said = Said(told=_("已协调解决。"), evidence=(paper.pk,))
    demands.propose_result(case.pk, Result("solved"), said, by=handler, now=began + day)
    firm = replace(house("firm.read", "firm.act"), name=_("演示企业"), subject_id=case.subject_id)
    demands.confirm_result(case.pk, Opinion(True, True, "5"), by=firm, now=began + 2 * day)
    demands.close_demand(case.pk, by=second, now=began + 3 * day)


def _groups(one: Told, unit: Organisation, office: Actor, by: Actor, now: dt.datetime) -> None:
    """The guidance groups, each led at section level, and the area's projects shared evenly among them."""
    began = clock.start_of(SINCE)
    teams = []
    for number in range(1, one.groups + 1):
        named = _("演示科级干部%(n)d") % {"n": number} if number > 1 else ""  # the first group is led by the post with an account
        leader = post_of(unit, Role.DEPARTMENT_LEAD, by, now, named)
        name = _("第%(n)d服务指导小组") % {"n": number}
        team = helping.found_team(NewTeam("group", name, unit.pk, leader.post_id, "section"), by=office, now=began)
        Team.objects.filter(pk=team.pk).update(demonstration=True)
        teams.append(team.pk)
    helping.allocate(teams, "projects", even=True, by=office, now=began)


def post_of(unit: Organisation, role: Role, by: Actor, now: dt.datetime, name: str = "") -> Actor:
    """The unit's post of a role, appointed where there is none; always a new one for a name."""
    held = None if name else Post.objects.filter(organisation=unit, role=role, ends_on=None).order_by("pk").first()
    if held is None:
        label = name or _("演示%(unit)s%(role)s") % {"unit": unit.short_name, "role": role.label}
        person = Person.objects.create(name=label, demonstration=True)
        held = appoint(NewPost(person.pk, role, unit.pk, starts_on=dt.date(2020, 1, 1)), by=by, now=now)
    return actor_for(Post.objects.select_related("person", "organisation").get(pk=held.pk), on=SINCE)
