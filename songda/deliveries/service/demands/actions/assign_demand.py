"""Assigning 分办: one lead, any supporters; what is not accepted is declined with a reason the firm reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.stepping import plus, refuse, take, with_default
from songda.kernel import clock
from songda.kernel.errors import Invalid
from songda.ledger.cases.actions import Said, ask_party, end_parties
from songda.ledger.cases.models import Case, CaseStep, Party
from songda.registry.actors import Actor
from songda.registry.organisations.access import organisation_for
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.people.queries import stand_in


@dataclass(frozen=True, slots=True)
class Assignees:
    """Who is asked: the lead, the post that shall hold the case (None: the lead chooses), the supporters."""

    lead_id: int
    holder_id: int | None = None
    support_ids: tuple[int, ...] = ()


def assign_demand(case_id: int, to: Assignees, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Ask a unit to lead. A demand that was refused once is given for good: it cannot be bounced again.

    Refused: a holder of another unit, one on leave without a deputy (a deputy takes its place), for a bad rating one who handled
    the case that was rated.
    """
    case = access.demand_to_step(case_id, "assign", by)
    lead = organisation_for(to.lead_id, by)
    holder = holder_for(case, lead, to.holder_id, clock.day_of(now))
    support = [organisation_for(one, by) for one in to.support_ids if one != lead.pk]
    told = with_default(said or Said(), _("您的诉求已交%(unit)s承办，将尽快与您联系。") % {"unit": lead.name})
    used: dict[str, object] = {"lead": lead.code, "support": [one.code for one in support]}

    def ask() -> None:
        end_parties(case, now=now)
        ask_party(case, lead.pk, Party.Role.LEAD, by=by, now=now, final=case.bounced > 0)
        for unit in support:
            ask_party(case, unit.pk, Party.Role.SUPPORT, by=by, now=now)

    changed = plus(told, used, lead_id=lead.pk, holder_id=holder.pk if holder else None)
    return take(case, "assign", changed, ask, by=by, now=now)


def holder_for(case: Case, lead: Organisation, holder_id: int | None, on: dt.date) -> Post | None:
    """The post that will hold the case on a day: the one chosen, or who stands in for it."""
    if holder_id is None:
        return None
    chosen = Post.objects.filter(pk=holder_id, ends_on=None).select_related("person", "organisation").first()
    if chosen is None or chosen.organisation_id != lead.pk:
        raise Invalid(_("经办岗位不属于所选承办单位。"), fields={"holder": _("请重新选择。")})
    present = stand_in(chosen, on)
    if present is None:
        raise Invalid(_("该岗位请假且没有代理人。"), fields={"holder": _("请另选经办，或先指定代理人。")})
    refuse(queries.fault_of_holder(case, present), "holder")
    return present


def decline_demand(case_id: int, reason: str, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Not accepted 不予受理: for a reason of the published list, said to the firm with where else it can turn."""
    case = access.demand_to_step(case_id, "decline", by)
    reasons = queries.choices("not-accepted")
    if reason not in reasons:
        raise Invalid(_("请选择不予受理的情形。"), fields={"reason": _("须是公布的情形之一。")})
    given = said or Said()
    told = _("很抱歉，您的诉求属于“%(reason)s”，不予受理。%(more)s") % {"reason": reasons[reason], "more": given.told}
    changed = plus(Said(given.note, told, request_key=given.request_key, version=given.version), {"reason": reason})
    return take(case, "decline", changed, lambda: end_parties(case, now=now), by=by, now=now)
