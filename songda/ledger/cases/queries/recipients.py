"""Who is meant by an addressee of the ladder: the holder, the lead unit, the dispatcher, the leader, the firm."""

from __future__ import annotations

from songda.kernel.paths import above
from songda.ledger.cases.models import Case
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.people.states import Role

ROLES = {"dispatcher": Role.DISPATCHER, "leader": Role.LEADER}


def recipient(case: Case, to: str) -> tuple[Post | None, Organisation | None]:
    """The post and the unit told. Without a holder the lead's head is told; without a lead, the dispatcher."""
    if to == "firm":
        return None, None
    if to == "holder" and case.holder is not None:
        return case.holder, case.lead
    if to in ("holder", "lead") and case.lead is not None:
        return _at(case.lead, Role.DEPARTMENT_LEAD), case.lead
    return _above(case, ROLES.get(to, Role.DISPATCHER)), None


def _at(organisation: Organisation, role: Role) -> Post | None:
    return Post.objects.filter(organisation=organisation, role=role, ends_on=None).order_by("starts_on", "pk").first()


def _above(case: Case, role: Role) -> Post | None:
    """The nearest post of a role whose territory holds the case: of the street before the district before the city."""
    held = Post.objects.filter(organisation__area_path__in=above([case.area_path]), role=role, ends_on=None).select_related(
        "organisation"
    )
    return max(held, key=lambda post: (len(post.organisation.area_path if post.organisation else ""), -post.pk), default=None)
