"""Replacement 更换经办: no case stays with a post that has ended, and none with one on leave unwatched."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.assign_demand import holder_for
from songda.deliveries.service.demands.actions.stepping import must_note, plus, take
from songda.kernel import clock
from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Alert, Case, CaseStep
from songda.ledger.cases.queries.recipients import recipient
from songda.registry.actors import Actor, house
from songda.registry.people.models import Post
from songda.registry.people.states import Role

UNCOVERED = "uncovered"


def replace_holder(case_id: int, post_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Give a case to another post of the unit that leads it."""
    case = access.demand_to_step(case_id, "replace", by)
    must_note(said, _("更换经办须说明原因。"))
    if case.lead is None:
        raise Conflict(_("事项还没有承办单位。"), advice=_("请先分办。"))
    post = holder_for(case, case.lead, post_id, clock.day_of(now))
    used: dict[str, object] = {"from": case.holder_id}
    return take(case, "replace", plus(said, used, holder_id=post.pk if post else None), by=by, now=now)


def replace_ended(*, now: dt.datetime, limit: int = 500) -> int:
    """Open cases of posts that have ended go to a successor (same role, same unit, least laden), else to the unit's head; how many.

    Where there is neither, the case has no holder and stays with its unit.
    """
    today = clock.day_of(now)
    ended = Case.objects.filter(open=True, machine=access.MACHINE, holder__ends_on__lte=today)
    by = house("cases.see", "cases.assign")
    cases = list(ended.select_related("holder__person", "lead").order_by("pk")[:limit])
    for case in cases:
        heir = successor(case.holder) if case.holder else None
        said = Said(note=_("原经办已离任。"), used={"from": case.holder_id}, changes={"holder_id": heir.pk if heir else None})
        take(case, "replace", said, by=by, now=now)
    return len(cases)


def successor(post: Post) -> Post | None:
    """Who takes over from a post: another of its role in its unit with the fewest open cases, else the unit's head."""
    there = Post.objects.filter(organisation=post.organisation, ends_on=None).exclude(pk=post.pk)
    load = Count("held_cases", filter=Q(held_cases__open=True))
    same = there.filter(role=post.role).annotate(load=load).order_by("load", "pk").first()
    return same or there.filter(role=Role.DEPARTMENT_LEAD).order_by("starts_on", "pk").first()


@transaction.atomic
def watch_leave(*, now: dt.datetime) -> int:
    """Raise an alert, once a leave, for every open case whose holder is away with no deputy; how many new ones."""
    made = 0
    for case, absence in queries.uncovered(clock.day_of(now)):
        post, unit = recipient(case, "dispatcher")
        given = {
            "act": "urge",
            "owed_at": now,
            "at": now,
            "post": post,
            "organisation": unit,
            "area_path": case.area_path,
        }
        key = {"case": case, "clock": "absence", "cycle": absence.pk % 32000, "level": UNCOVERED, "to": "dispatcher"}
        made += Alert.objects.get_or_create(**key, defaults=given)[1]
    return made
