"""What may be done with market plans 一场一案: draft, arrange, place by hand, submit, publish. Other rooms import from here."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from songda.deliveries.service.markets.access import plan_to_step, stall_to_place
from songda.deliveries.service.markets.models import MarketPlan, Placement, Stall
from songda.deliveries.service.markets.queries import faults_of, sheet_of, timetable_of
from songda.deliveries.service.markets.rules import Sheet
from songda.deliveries.service.markets.states import APPROVES, PLAN
from songda.engines.timetable.checking import newly_broken
from songda.engines.timetable.solving import Solved, solve
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.queries.channels import INBOX
from songda.ledger.notices.rules.letters import Line, Told
from songda.registry.actors import Actor
from songda.registry.subjects.access import subject_for

__all__ = ["arrange", "draft_plan", "place", "publish_plan", "return_plan", "rewrite_plan", "submit_plan", "unplace"]

SEARCH_SECONDS = 10.0


@transaction.atomic
def draft_plan(subject_id: int, sheet: Sheet, notice: str, *, by: Actor, now: dt.datetime) -> MarketPlan:
    """Write the next version of a market's plan as a draft; the published one stays in force until this one replaces it."""
    if not by.may("visits.do"):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系统筹调度员。"))
    subject = subject_for(subject_id, by)
    if subject.kind != "market":
        raise Invalid(_("“%(name)s”不是商贸市场。") % {"name": subject.name}, advice=_("一场一案只为商贸市场编制。"))
    last = MarketPlan.objects.filter(subject=subject).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            plan = MarketPlan.objects.create(
                subject=subject, number=last + 1, zones=_zones(sheet), slots=list(sheet.slots), notice=notice,
                drafted_by=by.account_id, drafted_name=by.name, drafted_at=now, demonstration=subject.demonstration,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("该市场已有一份方案在编制或待审批。"), advice=_("请在原方案上修改。")) from error
    _write_stalls(plan, sheet)
    record("market.draft", plan, by=by, now=now, after={"number": plan.number, "merchants": len(sheet.stands)})
    return plan


@transaction.atomic
def rewrite_plan(plan_id: int, sheet: Sheet, notice: str, *, by: Actor, now: dt.datetime) -> MarketPlan:
    """Write a draft's sheet anew. Its timetable is dropped: another sheet needs another one."""
    plan = plan_to_step(plan_id, "visits.do", by)
    changes = {"zones": _zones(sheet), "slots": list(sheet.slots), "notice": notice}
    changes |= {"drafted_by": by.account_id, "drafted_name": by.name, "drafted_at": now}
    if MarketPlan.objects.filter(pk=plan.pk, state="draft").update(**changes) != 1:
        raise _not_a_draft()
    plan.stalls.all().delete()
    _write_stalls(plan, sheet)
    record("market.rewrite", plan, by=by, now=now, after={"merchants": len(sheet.stands)})
    plan.refresh_from_db()
    return plan


def arrange(plan_id: int, *, by: Actor, now: dt.datetime) -> Solved:
    """Make the timetable of a draft anew (whatever was placed by hand before is replaced).

    The search, up to ten seconds a zone, runs before the transaction. Where capacities do not allow everyone its least number of
    slots, the best partial timetable is kept and the answer says which zone lacks how much.
    """
    plan = plan_to_step(plan_id, "visits.do", by)
    solved = solve(sheet_of(plan).market(), seconds=SEARCH_SECONDS)
    with transaction.atomic():
        _hold_draft(plan)
        stalls = dict(plan.stalls.values_list("name", "pk"))
        Placement.objects.filter(stall__plan=plan).delete()
        Placement.objects.bulk_create(Placement(stall_id=stalls[name], slot=slot) for name, slot in sorted(solved.timetable))
        record("market.arrange", plan, by=by, now=now, after={"placed": len(solved.timetable), "possible": solved.possible})
    return solved


@transaction.atomic
def place(stall_id: int, slot: str, *, by: Actor, now: dt.datetime) -> Placement:
    """Put a merchant into a slot by hand; Conflict with the rule that it would break."""
    stall = stall_to_place(stall_id, by)
    _hold_draft(stall.plan)
    broken = newly_broken(sheet_of(stall.plan).market(), timetable_of(stall.plan), [(stall.name, slot)], [])
    if broken:
        raise Conflict("".join(one.sentence() for one in broken), advice=_("请改选其他时段，或先移出其他商户。"))
    placed, new = Placement.objects.get_or_create(stall=stall, slot=slot, defaults={"by_hand": True})
    if new:
        record("market.place", stall.plan, by=by, now=now, after={"merchant": stall.name, "slot": slot})
    return placed


@transaction.atomic
def unplace(stall_id: int, slot: str, *, by: Actor, now: dt.datetime) -> None:
    """Take a merchant out of a slot. It may then have too few: that is shown, and keeps the plan from being submitted."""
    stall = stall_to_place(stall_id, by)
    _hold_draft(stall.plan)
    if Placement.objects.filter(stall=stall, slot=slot).delete()[0]:
        record("market.unplace", stall.plan, by=by, now=now, after={"merchant": stall.name, "slot": slot})


@transaction.atomic
def submit_plan(plan_id: int, *, by: Actor, now: dt.datetime) -> MarketPlan:
    """Hand a draft in for approval; Conflict while the checker finds a broken rule."""
    plan = plan_to_step(plan_id, "visits.do", by)
    _refuse_broken(plan)
    move(PLAN, plan, "submit", returned_for="")
    record("market.submit", plan, by=by, now=now)
    return plan


@transaction.atomic
def return_plan(plan_id: int, reason: str, *, by: Actor, now: dt.datetime) -> MarketPlan:
    """Give a plan back to be changed, with the reason."""
    plan = plan_to_step(plan_id, APPROVES, by)
    if not reason.strip():
        raise Invalid(_("请写明退回原因。"), fields={"reason": _("编制人要知道改什么。")})
    move(PLAN, plan, "return", returned_for=reason.strip()[:200])
    record("market.return", plan, by=by, now=now, after={"reason": plan.returned_for})
    return plan


@transaction.atomic
def publish_plan(plan_id: int, *, by: Actor, now: dt.datetime) -> MarketPlan:
    """Approve a plan and publish it in place of the one before; the market is told on its page. Never by who drafted it."""
    plan = plan_to_step(plan_id, APPROVES, by)
    if plan.drafted_by == by.account_id:
        raise NotPermitted(_("编制人不能批准自己的方案。"), advice=_("请由另一位有权审批的人员批准。"))
    _refuse_broken(plan)
    for before in MarketPlan.objects.filter(subject_id=plan.subject_id, state="published"):
        move(PLAN, before, "supersede")
    move(PLAN, plan, "publish", published_by=by.account_id, published_name=by.name, published_at=now)
    text = _("错峰经营方案第 %(number)d 版已公布") % {"number": plan.number}
    told = Told(plan.subject_id, plan.subject.area_path, (Line(plan.pk, text, _("本市场的一场一案")),))
    notify_many(f"market:{plan.pk}", [told], title=text, topic="market_plan", channels=[INBOX], now=now)
    record("market.publish", plan, by=by, now=now, after={"number": plan.number})
    return plan


def _write_stalls(plan: MarketPlan, sheet: Sheet) -> None:
    Stall.objects.bulk_create(
        Stall(
            plan=plan, seq=seq, name=one.name, zone=one.zone, goods=one.goods, people=one.people, least=one.least, most=one.most,
            seasonal=one.seasonal, away=list(one.away),
        )
        for seq, one in enumerate(sheet.stands, start=1)
    )  # fmt: skip


def _zones(sheet: Sheet) -> list[list[object]]:
    return [[zone.code, zone.capacity] for zone in sheet.zones]


def _hold_draft(plan: MarketPlan) -> None:
    """Hold the draft for this transaction; a second editor waits, and sees what the first wrote before checking."""
    if MarketPlan.objects.filter(pk=plan.pk, state="draft").update(state="draft") != 1:
        raise _not_a_draft()


def _not_a_draft() -> Conflict:
    return Conflict(_("只有草稿可以修改。"), advice=_("已提交的请先退回；执行中的请编制新版本。"))


def _refuse_broken(plan: MarketPlan) -> None:
    faults = faults_of(plan)
    if faults:
        lacks = "".join(one.sentence() for one in faults[:5])
        raise Conflict(_("时段表还有 %(n)d 处不符：%(lacks)s") % {"n": len(faults), "lacks": lacks}, advice=_("请调整后再试。"))
