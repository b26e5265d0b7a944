"""Who sees which visits, contacts and plans, and who may work on them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.models import Approach, Plan, Production, Stop, StopEvidence, Visit
from songda.deliveries.service.visits.states import APPROVES
from songda.kernel.errors import NotPermitted
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.subjects import access as subjects


def visible_to(actor: Actor) -> QuerySet[Visit]:
    """The visits in sight: the own ones, the unit's, those with a stop in the territory; for a firm, those it was asked about."""
    if actor.subject_id is not None:
        at_firm = Stop.objects.filter(subject_id=actor.subject_id).values("visit_id")
        seen = Visit.objects.filter(pk__in=at_firm).exclude(state="planned")
        return seen if actor.may("firm.read") else seen.none()
    if not actor.may("visits.see"):
        return Visit.objects.none()
    mine = Q(post_id__in=actor.posts) | Q(attendees__post_id__in=actor.posts)
    if actor.organisation_id is not None and not actor.assigned_only:
        mine |= Q(unit_id=actor.organisation_id)
    near = stops_within(actor).values("visit_id")
    return Visit.objects.filter(pk__in=Visit.objects.filter(mine).values("pk").union(near))


def stops_within(actor: Actor) -> QuerySet[Stop]:
    """The stops of an actor's territory; for an officer, at the firms assigned."""
    if actor.assigned_only:
        return Stop.objects.filter(subject__assignments__post_id__in=actor.posts, subject__assignments__ends_on=None)
    return Stop.objects.filter(within(actor.area_paths))


def visit_for(visit_id: int, actor: Actor) -> Visit:
    """One visit in sight; NotFound otherwise."""
    return one_of(
        visible_to(actor).select_related("unit", "post__person", "merged_into").filter(pk=visit_id),
        _("没有这次走访，或不在您的范围内。"),
        advice=_("请从走访计划中打开。"),
    )


def visit_to_do(visit_id: int, actor: Actor) -> Visit:
    """A visit to work on: one's own post's, one goes along, or one's unit's. Who only looks on is refused."""
    found = visit_for(visit_id, actor)
    if not does(found, actor):
        raise NotPermitted(_("这次走访由%(unit)s负责。") % {"unit": found.unit}, advice=_("可以提议合并为联合走访。"))
    return found


def does(visit: Visit, actor: Actor) -> bool:
    """Whether an actor is among those who make this visit."""
    if not actor.may("visits.do"):
        return False
    if visit.post_id in actor.posts or visit.attendees.filter(post_id__in=actor.posts).exists():
        return True
    return visit.unit_id == actor.organisation_id and not actor.assigned_only


def stop_for(stop_id: int, actor: Actor) -> Stop:
    """One stop of a visit in sight; a firm reaches its own stop alone."""
    stops = Stop.objects.select_related("visit", "subject").filter(pk=stop_id, visit__in=visible_to(actor))
    if actor.subject_id is not None:
        stops = stops.filter(subject_id=actor.subject_id)
    return one_of(stops, _("没有这个走访点位，或不在您的范围内。"), advice=_("请从走访计划中打开。"))


def stop_to_do(stop_id: int, actor: Actor) -> Stop:
    """One stop to record."""
    found = stop_for(stop_id, actor)
    visit_to_do(found.visit_id, actor)
    return found


def approaches_visible_to(actor: Actor) -> QuerySet[Approach]:
    """The contacts with the firms in sight, of every department: that is the point of the log."""
    if actor.subject_id is None and not actor.may("visits.see"):
        return Approach.objects.none()
    return Approach.objects.filter(subject__in=subjects.visible_to(actor))


def approach_to_approve(approach_id: int, actor: Actor) -> Approach:
    """A contact beyond the budget, for the dispatcher of its territory."""
    must_approve(actor)
    return one_of(
        approaches_visible_to(actor).select_related("subject", "unit").filter(pk=approach_id), _("没有这条待批准的联系。")
    )


def must_approve(actor: Actor) -> None:
    """Refuse who is not the dispatcher."""
    if not actor.may(APPROVES):
        raise NotPermitted(_("超出次数的联系须由统筹调度员批准。"))


def must_do_visits(actor: Actor) -> None:
    """Refuse who makes no visits."""
    if not actor.may("visits.do") or actor.organisation_id is None or actor.post_id is None:
        raise NotPermitted(_("您当前的岗位不能安排走访。"), advice=_("请切换到包联、街道或部门岗位。"))


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    """Plans of the firms in sight; a firm sees its own once it is in force."""
    if actor.subject_id is not None:
        own = Plan.objects.filter(subject_id=actor.subject_id).exclude(state="draft")
        return own if actor.may("firm.read") else own.none()
    if not actor.may("visits.see"):
        return Plan.objects.none()
    return Plan.objects.filter(subject__in=subjects.visible_to(actor))


def plan_for(plan_id: int, actor: Actor) -> Plan:
    """One plan in sight."""
    found = plans_visible_to(actor).select_related("subject__home", "post__person", "post__organisation", "review_case")
    return one_of(found.filter(pk=plan_id), _("没有这份方案，或不在您的范围内。"))


def plan_to_edit(plan_id: int, actor: Actor) -> Plan:
    """One plan to work on."""
    must_do_visits(actor)
    return plan_for(plan_id, actor)


def productions_visible_to(actor: Actor) -> QuerySet[Production]:
    """Production plans of the firms in sight; a firm keeps its own."""
    if actor.subject_id is not None:
        own = Production.objects.filter(subject_id=actor.subject_id)
        return own if actor.may("firm.read") else own.none()
    if not actor.may("visits.see"):
        return Production.objects.none()
    return Production.objects.filter(subject__in=subjects.visible_to(actor))


def production_for(production_id: int, actor: Actor) -> Production:
    """One production plan in sight."""
    return one_of(
        productions_visible_to(actor).select_related("subject").filter(pk=production_id),
        _("没有这份生产计划，或不在您的范围内。"),
    )


def must_keep_production(actor: Actor) -> None:
    """The firm itself or its officer writes the figures."""
    if not (actor.may("visits.do") or (actor.subject_id is not None and actor.may("firm.act"))):
        raise NotPermitted(_("您当前的岗位不能填写生产计划。"))


def evidence_seen(actor: Actor) -> QuerySet[StopEvidence, int]:
    """The photos of the visits in sight, for `evidence.rules.sharing`."""
    return StopEvidence.objects.filter(stop__visit__in=visible_to(actor)).values_list("evidence_id", flat=True)
