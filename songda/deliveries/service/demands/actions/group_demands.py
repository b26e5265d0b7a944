"""The same problem of several firms 举一反三: one group, one cause, one proposal for a change of policy (SVC-63)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import takewhile

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.stepping import plus, take
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Group
from songda.registry.actors import Actor


@transaction.atomic
def group_demands(case_ids: Sequence[int], title: str, cause: str, *, by: Actor, now: dt.datetime, proposal: str = "") -> Group:
    """Join open demands as one problem. Refused: fewer than two, one that is in a group already, a cause no dictionary knows."""
    found = [access.demand_to_step(one, "group", by) for one in dict.fromkeys(case_ids)]
    if len(found) < 2 or not title.strip():
        raise Invalid(_("归并须有标题和至少两件事项。"), fields={"title": _("请写明共性问题。")})
    if cause and cause not in queries.choices("problem-causes"):
        raise Invalid(_("没有这个成因。"), fields={"cause": _("请从列表中选择。")})
    if taken := [case.number for case in found if case.group_id]:
        raise Conflict(_("已归并到其他共性问题：%(numbers)s。") % {"numbers": "、".join(taken)})
    group = Group.objects.create(
        title=title.strip()[:160],
        cause=cause,
        area_path=shared([case.area_path for case in found]),
        proposal=proposal,
        opened_at=now,
    )
    for case in found:
        take(case, "group", plus(Said(note=group.title), {"group": group.pk}, group_id=group.pk), by=by, now=now)
    record("case.group", group, by=by, now=now, after={"cases": [case.number for case in found], "cause": cause})
    return group


@transaction.atomic
def propose_change(group_id: int, proposal: str, *, by: Actor, now: dt.datetime, changed_on: dt.date | None = None) -> Group:
    """Write what should change so that the problem does not come back, and from which day it has changed."""
    if not by.may("cases.assign"):
        raise NotPermitted(_("您的岗位不能提出改进建议。"))
    group = access.group_for(group_id, by)
    if not proposal.strip():
        raise Invalid(_("请写明改进建议。"), fields={"proposal": _("改哪项规定、怎么改。")})
    was = {"proposal": group.proposal, "changed_on": group.changed_on}
    group.proposal, group.changed_on = proposal.strip(), changed_on
    group.save(update_fields=["proposal", "changed_on"])
    record("case.group_proposal", group, by=by, now=now, before=was, after={"proposal": proposal, "changed_on": changed_on})
    return group


def shared(paths: Sequence[str]) -> str:
    """The smallest area that holds all of these paths."""
    levels = zip(*(path.split("/")[:-1] for path in paths), strict=False)
    return "".join(f"{level[0]}/" for level in takewhile(lambda level: len(set(level)) == 1, levels))
