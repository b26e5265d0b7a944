"""Show whom to call in full, to who has to: the look is in the trail before the number is on the screen (等保三级 8.1.4.11b)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.access import case_for
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries.record import may_call
from songda.registry.actors import Actor


@transaction.atomic
def reveal_contact(case_id: int, *, by: Actor, now: dt.datetime) -> Case:
    """The case whose contact may now be shown; the reason is the case itself. NotPermitted for who only looks on."""
    case = case_for(case_id, by)
    if not may_call(case, by):
        raise NotPermitted(_("只有经办、分办和回访的人可以查看联系电话。"), advice=_("请联系承办单位。"))
    record("case.reveal_contact", case, by=by, now=now, after={"number": case.number})
    return case
