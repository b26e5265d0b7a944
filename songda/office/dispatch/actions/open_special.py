"""Special cases 专班专案 (SVC-09): hard matters brought together under one leader with one due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.access import case_for
from songda.office.dispatch.access import must_keep, special_for
from songda.office.dispatch.models import Matter, SpecialCase
from songda.registry.actors import Actor
from songda.registry.people.access import post_for
from songda.registry.people.rules import holds_on


@transaction.atomic
def open_special(
    title: str, leader_id: int, due_on: dt.date, case_ids: Sequence[int], *, by: Actor, now: dt.datetime
) -> SpecialCase:
    """Open a special case with a leader, a due date and at least one case; each case is in one open special case at a time."""
    must_keep(by)
    leader, today = post_for(leader_id, by), day_of(now)
    if not title.strip() or due_on < today or not case_ids:
        raise Invalid(_("请填写专案名称、今天以后的期限，并至少并入一个事项。"), fields={"due_on": _("不早于今天。")})
    if leader.organisation is None or not holds_on(leader.starts_on, leader.ends_on, today):
        raise Invalid(_("责任人须是在任的政府岗位。"), fields={"leader": _("请另选。")})
    special = SpecialCase.objects.create(
        title=title.strip()[:120], area_path=by.area_paths[0], leader=leader, due_on=due_on, opened_at=now
    )
    record("special.open", special, by=by, now=now, after={"title": special.title, "leader": leader.pk, "due_on": due_on})
    for case_id in dict.fromkeys(case_ids):
        add_matter(special.pk, case_id, by=by, now=now)
    return special


@transaction.atomic
def add_matter(special_id: int, case_id: int, *, by: Actor, now: dt.datetime) -> Matter:
    """Take one more case in."""
    must_keep(by)
    special, case = _standing(special_id, by), case_for(case_id, by)
    try:
        with transaction.atomic():
            matter = Matter.objects.create(special=special, case=case)
    except IntegrityError as error:
        raise Conflict(_("事项 %(number)s 已在另一个专案中。") % {"number": case.number}) from error
    record("special.add", special, by=by, now=now, after={"case": case.number})
    return matter


@transaction.atomic
def close_special(special_id: int, outcome: str, *, by: Actor, now: dt.datetime) -> SpecialCase:
    """Close a special case once all its cases are at rest, with what came of it."""
    must_keep(by)
    special = _standing(special_id, by)
    waiting = special.matters.filter(case__open=True).count()
    if waiting:
        raise Conflict(_("还有 %(n)d 件事项未办结。") % {"n": waiting}, advice=_("全部销号后再结案。"))
    if not outcome.strip():
        raise Invalid(_("请写明专案结果。"), fields={"outcome": _("解决了什么，还剩什么。")})
    if SpecialCase.objects.filter(pk=special.pk, closed_at=None).update(closed_at=now, outcome=outcome.strip()) != 1:
        raise Conflict(_("专案已结案。"))
    special.matters.update(ended_at=now)
    record("special.close", special, by=by, now=now, after={"outcome": outcome.strip()})
    special.refresh_from_db()
    return special


def _standing(special_id: int, by: Actor) -> SpecialCase:
    special = special_for(special_id, by)
    if special.closed_at is not None:
        raise Conflict(_("专案已结案。"))
    return special
