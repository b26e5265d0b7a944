"""一企一策 (SVC-08): drafting a version, putting it in force, ticking lines, the task an expired review raises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.access import must_do_visits, plan_to_edit
from songda.deliveries.service.visits.actions.ledger_rows import fix_due
from songda.deliveries.service.visits.models import Plan, PlanLine
from songda.deliveries.service.visits.queries.plans import open_difficulties
from songda.deliveries.service.visits.rules import plans as rules
from songda.deliveries.service.visits.states import PLAN
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.machines import move
from songda.ledger.cases.access import case_for
from songda.ledger.cases.actions import open_case
from songda.registry.actors import Actor, system
from songda.registry.subjects.access import subject_for

REVIEW_TASK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of the plan: for which difficulty (None: a goal of its own), what, by which unit, until when."""

    text: str
    owner_id: int
    due_on: dt.date
    case_id: int | None = None
    measure_key: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a plan says."""

    diagnosis: str
    goals: str
    review_on: dt.date
    lines: Sequence[Line] = ()


@transaction.atomic
def draft_plan(subject_id: int, sheet: Sheet, *, by: Actor, now: dt.datetime) -> Plan:
    """Write the next version of a firm's plan as a draft. A firm has at most one draft; the one in force stays as it is."""
    must_do_visits(by)
    subject = subject_for(subject_id, by)
    last = Plan.objects.filter(subject=subject).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                subject=subject, number=last + 1, diagnosis=sheet.diagnosis, goals=sheet.goals, post_id=by.post_id or 0,
                review_on=sheet.review_on, made_at=now, demonstration=subject.demonstration,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("该企业已有一份方案草稿。"), advice=_("请在原草稿上修改。")) from error
    _write_lines(plan, sheet.lines, by)
    record("plan.draft", plan, by=by, now=now, after={"number": plan.number, "lines": len(sheet.lines)})
    return plan


@transaction.atomic
def rewrite_plan(plan_id: int, sheet: Sheet, *, by: Actor, now: dt.datetime) -> Plan:
    """Write a draft anew. What is in force is never edited: it is superseded."""
    plan = plan_to_edit(plan_id, by)
    told = {"diagnosis": sheet.diagnosis, "goals": sheet.goals, "review_on": sheet.review_on}
    if Plan.objects.filter(pk=plan.pk, state="draft").update(**told) != 1:
        raise Conflict(_("执行中的方案不能直接修改。"), advice=_("请编制新版本，启用后自动替换。"))
    plan.lines.all().delete()
    _write_lines(plan, sheet.lines, by)
    record("plan.rewrite", plan, by=by, now=now, after={"lines": len(sheet.lines)})
    plan.refresh_from_db()
    return plan


@transaction.atomic
def activate_plan(plan_id: int, *, by: Actor, now: dt.datetime) -> Plan:
    """Put a draft in force in place of the one before it. Conflict with every open difficulty that no line takes up."""
    plan = plan_to_edit(plan_id, by)
    open_now = dict(open_difficulties(plan.subject_id).values_list("pk", "title"))
    lines = list(plan.lines.values_list("case_id", flat=True))
    titles = [open_now[one] for one in rules.uncovered(open_now, lines)]
    lacks = rules.faults(titles, lines=len(lines), review_on=plan.review_on, today=clock.day_of(now))
    if lacks:
        raise Conflict(_("还不能启用：%(lacks)s") % {"lacks": "".join(lacks)}, advice=_("补齐后再启用。"))
    for before in Plan.objects.filter(subject_id=plan.subject_id, state="active"):
        move(PLAN, before, "supersede")
    try:
        with transaction.atomic():
            move(PLAN, plan, "activate", active_at=now)
    except IntegrityError as error:
        raise Conflict(_("该企业的另一份方案刚刚启用。"), advice=_("请刷新后再试。")) from error
    record("plan.activate", plan, by=by, now=now, after={"number": plan.number})
    return plan


@transaction.atomic
def tick_line(line_id: int, *, by: Actor, now: dt.datetime) -> PlanLine:
    """Mark a line of its own as done. One that belongs to a difficulty is done when that is closed, not before."""
    line = PlanLine.objects.select_related("plan").filter(pk=line_id).first()
    plan = plan_to_edit(line.plan_id if line else 0, by)
    if line is None or line.case_id is not None or plan.state != "active":
        raise Conflict(_("这条措施随难题销号自动完成，不能手工勾选。"), advice=_("请在台账中办理该难题。"))
    PlanLine.objects.filter(pk=line.pk, done_at=None).update(done_at=now)
    record("plan.tick", plan, by=by, now=now, after={"line": line.seq})
    line.refresh_from_db()
    return line


def raise_reviews(*, now: dt.datetime) -> int:
    """Raise a task for each plan in force whose review day has passed, once; how many."""
    due = Plan.objects.filter(state="active", review_on__lt=clock.day_of(now), review_case=None).select_related("subject", "post")
    return sum(_raise_review(plan, now) for plan in due)


@transaction.atomic
def _raise_review(plan: Plan, now: dt.datetime) -> bool:
    given = {
        "text": _("《%(firm)s》一企一策第 %(n)d 版应于 %(day)s 复核。")
        % {"firm": plan.subject, "n": plan.number, "day": plan.review_on},
        "origin": "signal",
        "channel": "system",
        "holder_id": plan.post_id,
        "lead_id": plan.post.organisation_id,
        "request_key": f"plan-review-{plan.pk}",
    }
    case = open_case("task", subject_id=plan.subject_id, title=_("复核一企一策"), by=system(), now=now, given=given)
    raised = Plan.objects.filter(pk=plan.pk, review_case=None).update(review_case=case) == 1
    if raised:
        fix_due(case, clock.day_of(now) + dt.timedelta(days=REVIEW_TASK_DAYS), now=now)
        record("plan.review_due", plan, by=system(), now=now, after={"case": case.number})
    return raised


def _write_lines(plan: Plan, lines: Sequence[Line], by: Actor) -> None:
    rows = []
    for seq, line in enumerate(lines, start=1):
        if not line.text.strip():
            raise Invalid(_("第 %(n)d 条措施没有内容。") % {"n": seq}, fields={"lines": _("写明做什么。")})
        case = case_for(line.case_id, by) if line.case_id else None
        if case is not None and case.subject_id != plan.subject_id:
            raise Invalid(_("第 %(n)d 条对应的难题属于另一家企业。") % {"n": seq}, fields={"lines": _("请另选。")})
        rows.append(
            PlanLine(
                plan=plan,
                seq=seq,
                case=case,
                text=line.text.strip()[:300],
                measure_key=line.measure_key[:60],
                owner_id=line.owner_id,
                due_on=line.due_on,
            )
        )
    PlanLine.objects.bulk_create(rows)
