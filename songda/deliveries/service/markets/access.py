"""Who sees which plans of markets, who works on them, and how a posted code opens one."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.service.markets.models import MarketPlan, Stall
from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.subjects import access as subjects
from songda.registry.subjects.models import Subject

SALT = "songda.markets.timetable"


def visible_to(actor: Actor) -> QuerySet[MarketPlan]:
    """The plans of the markets in sight; the market itself sees what has been published."""
    rows = MarketPlan.objects.select_related("subject")
    if actor.subject_id is not None:
        return rows.filter(subject_id=actor.subject_id, state__in=("published", "superseded"))
    return rows.filter(subject__in=subjects.visible_to(actor)) if actor.may("visits.see") else rows.none()


def plan_for(plan_id: int, actor: Actor) -> MarketPlan:
    """One plan in sight; NotFound otherwise."""
    return one_of(visible_to(actor).filter(pk=plan_id), _("没有这份方案，或不在您的范围内。"), advice=_("请从列表进入。"))


def plan_to_step(plan_id: int, permission: str, actor: Actor) -> MarketPlan:
    """One plan to be moved by who holds the permission."""
    found = plan_for(plan_id, actor)
    if not actor.may(permission):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系统筹调度员。"))
    return found


def stall_to_place(stall_id: int, actor: Actor) -> Stall:
    """A merchant of a plan in sight."""
    found = Stall.objects.select_related("plan__subject").filter(pk=stall_id).first()
    plan_to_step(found.plan_id if found else 0, "visits.do", actor)
    assert found is not None
    return found


def markets_of(actor: Actor) -> QuerySet[Subject]:
    """The markets in sight for which a plan can be made."""
    return subjects.visible_to(actor).filter(kind="market").order_by("name_key", "pk")


def posted_code(plan: MarketPlan) -> str:
    """What the code at the market's gate carries: always the same for one market, so that it need not be printed anew."""
    return Signer(salt=SALT).sign(str(plan.subject_id))


def plan_of_code(code: str) -> MarketPlan:
    """The published plan a posted code leads to. NotFound, in one sentence, for a forged code and for a market without a plan."""
    refusal = NotFound(_("二维码无效，或该市场暂无公布的排期。"), advice=_("请向市场管理方核实。"))
    try:
        subject_id = int(Signer(salt=SALT).unsign(code))
    except (BadSignature, ValueError):
        raise refusal from None
    found = MarketPlan.objects.select_related("subject").filter(subject_id=subject_id, state="published").first()
    if found is None:
        raise refusal
    return found
