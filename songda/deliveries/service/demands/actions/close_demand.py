"""Closing 销号: with proof, the firm's word or a return visit, and by a second person. Reopening keeps all that was."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access
from songda.deliveries.service.demands.actions.stepping import must_note, plus, take, with_default
from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said, end_parties
from songda.ledger.cases.models import CaseStep
from songda.ledger.cases.queries import lacking
from songda.registry.actors import Actor


def close_demand(case_id: int, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Write the case off. Conflict with everything that still stands in the way."""
    case = access.demand_to_step(case_id, "close", by)
    if lacks := lacking(case, by):
        raise Conflict(" ".join(lacks), advice=_("补齐后再销号；需要补办的，请退回。"))
    told = with_default(said or Said(), _("您的诉求已办结销号。如有新的情况，可以随时再提出。"))
    return take(case, "close", told, lambda: end_parties(case, now=now), by=by, now=now)


def send_back(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Not good enough: back to work, with what is missing. The clock begins anew."""
    case = access.demand_to_step(case_id, "send_back", by)
    must_note(said, _("退回须写明还缺什么。"))
    return take(case, "send_back", said, by=by, now=now)


def reopen_demand(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Begin again 重新办理: into the pool, with its number and its whole history; the clocks restart."""
    case = access.demand_to_step(case_id, "reopen", by)
    must_note(said, _("请写明为什么重新办理。"))
    told = with_default(said, _("您的诉求已重新办理。"))
    fresh = plus(told, None, outcome="", cause="", lead_id=None, holder_id=None, proposed_by=None, bounced=0)
    return take(case, "reopen", fresh, lambda: end_parties(case, now=now), by=by, now=now)
