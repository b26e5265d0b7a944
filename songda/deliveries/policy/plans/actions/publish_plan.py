"""Confirm, return, publish and withdraw a plan: two persons, nothing unassigned; each row becomes a task of the ledger."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.plans.access import plan_to_change
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.deliveries.policy.plans.queries import completeness, rows_of
from songda.deliveries.policy.plans.states import PLAN
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.cases.actions import Said, ask_party, open_case, step_case
from songda.ledger.cases.models import Party
from songda.registry.actors import Actor, house

NAMED = 5  # measures named in a refusal; the page names all


@transaction.atomic
def confirm_plan(plan_id: int, *, by: Actor, now: dt.datetime) -> Plan:
    """An editor stands for a plan that answers for every measure."""
    plan = plan_to_change(plan_id, by, "policy.edit")
    refuse_nobody(by)
    refuse_unassigned(plan)
    move(PLAN, plan, "confirm", confirmed_by=by.account_id, confirmed_at=now)
    record("policy.confirm_plan", plan, by=by, now=now, before={"state": "draft"}, after={"state": "reviewed"})
    return plan


@transaction.atomic
def return_plan(plan_id: int, *, reason: str, by: Actor, now: dt.datetime) -> Plan:
    """The publisher sends it back and says why."""
    plan = plan_to_change(plan_id, by, "policy.publish")
    if not reason.strip():
        raise Invalid(_("请写明理由。"), fields={"reason": _("理由不能为空。")})
    move(PLAN, plan, "return", confirmed_by=None, confirmed_at=None)
    record(
        "policy.return_plan",
        plan,
        by=by,
        now=now,
        before={"state": "reviewed"},
        after={"state": "draft", "reason": reason.strip()},
    )
    return plan


@transaction.atomic
def withdraw_plan(plan_id: int, *, by: Actor, now: dt.datetime) -> Plan:
    """Take back a plan that was not published."""
    plan = plan_to_change(plan_id, by, "policy.edit")
    before = plan.state
    move(PLAN, plan, "withdraw")
    record("policy.withdraw_plan", plan, by=by, now=now, before={"state": before}, after={"state": "withdrawn"})
    return plan


@transaction.atomic
def publish_plan(plan_id: int, *, by: Actor, now: dt.datetime) -> Plan:
    """Put a confirmed plan in force, by a second person: each row that applies becomes a task for its unit, due on its day. A task
    carried from the former version goes on; tasks of what is gone are cancelled."""
    plan = plan_to_change(plan_id, by, "policy.publish")
    refuse_nobody(by)
    refuse_same_person(plan, by)
    refuse_unassigned(plan)
    supersede_former(plan, by, now)
    move(PLAN, plan, "publish", published_by=by.account_id, published_at=now)
    opened = [issue_task(plan, row, now) for row in rows_of(plan) if row.lead_id is not None and row.task_id is None]
    after = {"state": "published", "tasks": len(opened)}
    record("policy.publish_plan", plan, by=by, now=now, before={"state": "reviewed"}, after=after)
    return plan


def refuse_unassigned(plan: Plan) -> None:
    """Every measure of the superior document has a unit and a day, or a reason why it does not apply (POL-05). The measures that do not
    are named."""
    found = completeness(plan, rows_of(plan))
    if found.whole:
        return
    named = "；".join(f"{label}：{fault}" for label, fault in found.faults[:NAMED])
    message = _("落实 %(answered)d/%(of)d，还有 %(n)d 项没有安排：%(named)s") % {
        "answered": found.answered, "of": found.of, "n": len(found.faults), "named": named,
    }  # fmt: skip
    raise Invalid(message, advice=_("请指定牵头单位和期限，或写明不适用的理由。"), code="unassigned")


def refuse_same_person(plan: Plan, by: Actor) -> None:
    """Two persons (SUP-19): who confirmed it does not publish it. The database holds the same rule."""
    if plan.confirmed_by == by.account_id:
        raise NotPermitted(_("本方案由您审核确认，须由另一人发布。"), advice=_("请交由其他有发布权限的同事办理。"))


def refuse_nobody(by: Actor) -> None:
    """Standing for a plan takes a person with an account."""
    if by.account_id is None:
        raise NotPermitted(_("审核与发布须由本人登录办理，系统不能代办。"))


def supersede_former(plan: Plan, by: Actor, now: dt.datetime) -> None:
    """The version before it ends; tasks that no row of this one carries are cancelled."""
    for former in Plan.objects.filter(code=plan.code, state="published"):
        move(PLAN, former, "supersede")
        record("policy.supersede_plan", former, by=by, now=now, before={"state": "published"}, after={"state": "superseded"})
        carried = set(plan.rows.exclude(task=None).values_list("task_id", flat=True))
        for row in former.rows.exclude(task=None).exclude(task__in=carried).select_related("task"):
            if row.task and row.task.state in ("issued", "accepted"):
                said = Said(note=_("上位文件的新版不再有此项，随方案新版取消。"))
                step_case(row.task.pk, "cancel", said, by=house("cases.see", "cases.assign"), now=now)


def issue_task(plan: Plan, row: PlanRow, now: dt.datetime) -> int:
    """The task of one row: led by its unit, with the units that help, due at the end of its day."""
    actor = house("cases.see", "cases.assign", "cases.decide")
    if row.due_on is None or row.due_on < clock.day_of(now):
        message = _("“%(row)s”的完成期限已过。") % {"row": row}
        raise Conflict(message, advice=_("请退回修改期限后再发布。"))
    text = _("《%(plan)s》落实“%(row)s”。%(local)s") % {"plan": plan.title, "row": row, "local": _local(row)}
    given = {
        "text": text, "origin": "officer", "channel": "plan", "area_path": plan.area_path, "lead_id": row.lead_id,
        "demonstration": plan.demonstration,
    }  # fmt: skip
    task = open_case("task", subject_id=None, title=f"{row.label}{row.title}", by=actor, now=now, given=given)
    until = clock.start_of(row.due_on + dt.timedelta(days=1))
    step_case(
        task.pk, "fix", Said(note=_("方案确定的期限。"), used={"clock": "resolve", "due": until.isoformat()}), by=actor, now=now
    )
    for unit in row.support.all():
        ask_party(task, unit.pk, Party.Role.SUPPORT, by=actor, now=now)
    PlanRow.objects.filter(pk=row.pk).update(task=task)
    return task.pk


def _local(row: PlanRow) -> str:
    ratio = _("追加配比 %(ratio)s。") % {"ratio": row.ratio} if row.ratio else ""
    return f"{ratio}{row.local}"
