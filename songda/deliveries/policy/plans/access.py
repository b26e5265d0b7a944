"""Who reads and writes plans: published ones whoever they reach (posts and firms); drafts editors and publishers in scope."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import edits, looks, reaching, require, within
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.kernel.sight import one_of
from songda.registry.actors import Actor, require_area

TOLD = ("published", "superseded")


def visible_to(actor: Actor) -> QuerySet[Plan]:
    """Plans in the actor's sight; refused to posts that have nothing to do with policies."""
    looks(actor)
    told = Q(state__in=TOLD) & reaching(actor)
    return Plan.objects.filter(told | within(actor) if edits(actor) else told).select_related("upper", "document")


def plan_for(plan_id: int, actor: Actor) -> Plan:
    """A plan in sight; NotFound otherwise."""
    return _one(visible_to(actor), plan_id)


def plan_to_change(plan_id: int, actor: Actor, permission: str) -> Plan:
    """A plan for a step that needs `permission`, in the actor's own territory."""
    require(actor, permission)
    return _one(Plan.objects.filter(within(actor)).select_related("upper", "document"), plan_id)


def row_to_edit(row_id: int, actor: Actor) -> PlanRow:
    """A row of a draft in the editor's territory."""
    require(actor, "policy.edit")
    return one_of(
        PlanRow.objects.filter(within(actor, "plan__"), pk=row_id).select_related("plan"),
        _("没有这份落实方案，或它不在您的范围内。"),
        advice=_("请从列表重新进入。"),
    )


def may_draft(area_path: str, actor: Actor) -> None:
    """Drafting is an editor's, in the editor's own territory."""
    require(actor, "policy.edit")
    require_area(actor, area_path)


def _one(rows: QuerySet[Plan], key: int) -> Plan:
    return one_of(rows.filter(pk=key), _("没有这份落实方案，或它不在您的范围内。"), advice=_("请从列表重新进入。"))
