"""Applications to resume 复工申请 as matters of the ledger: filed by the firm or for it, looked over by the street, approved by another.

The guard stands in the ledger (`cases.rules.guards`), so that no page approves what the gate refuses.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions import Said, open_case
from songda.ledger.cases.models import Case
from songda.office.resumption.queries.gates import terms, why_not_resume
from songda.office.resumption.states import Production
from songda.registry.actors import Actor
from songda.registry.facts.actions import record_fact
from songda.registry.facts.queries import facts_of
from songda.registry.subjects.access import subject_for

KIND = "resumption"
SOURCE = "resumption"
GATED = frozenset({"report", "verify"})  # the street's word and the approval


@transaction.atomic
def apply_to_resume(subject_id: int, batch: str, text: str, *, by: Actor, now: dt.datetime, request_key: str = "") -> Case:
    """File an application; the state becomes 已申请. It may be filed before its day: the gate is asked when it is approved."""
    if not (by.may("firm.act") or by.may("resumption.report")):
        raise NotPermitted(_("您当前的岗位没有此项权限。"))
    subject, order = subject_for(subject_id, by), terms()
    if order is not None and batch not in {one.code for one in order.batches}:
        raise Invalid(_("请选择复工批次。"), fields={"batch": _("按市通告的批次选择。")})
    if Case.objects.filter(subject=subject, kind__kind__code=KIND, open=True).exclude(request_key=request_key or None).exists():
        raise Conflict(_("已有一件复工申请正在办理。"), advice=_("请在台账中查看办理情况。"))
    given = {
        "text": text, "lead_id": subject.home_id, "extra": {"batch": batch}, "request_key": request_key,
        "origin": "firm" if by.subject_id else "officer", "channel": "web",
    }  # fmt: skip
    case = open_case(
        KIND, subject_id=subject.pk, title=_("复工申请：%(name)s") % {"name": subject.name}, by=by, now=now, given=given
    )
    told = facts_of(subject.pk, on=day_of(now)).get("resumption")
    if told is None or told.value in (Production.NOT_DUE, Production.LISTED):
        _say(subject.pk, "resumption", Production.APPLIED.value, by, now)
    return case


def only_through_the_gate(case: Case, name: str, said: Said, by: Actor, now: dt.datetime) -> Said:
    """The guard of the kind: refused while anything stands against resuming; approval makes the firm resumed from that day."""
    if name not in GATED or case.subject is None:
        return said
    today = day_of(now)
    against = why_not_resume(case.subject, today, batch=str(case.extra.get("batch", "")))
    if against:
        raise Conflict(_("不能核准复工：%(why)s") % {"why": "".join(against)}, advice=_("条件具备后再办理。"))
    if name == "verify":
        told = facts_of(case.subject_id or 0, on=today).get("resumption")
        if told is None or told.value not in (Production.RESUMED, Production.CONTINUOUS):
            _say(case.subject.pk, "resumption", Production.RESUMED.value, by, now)
            _say(case.subject.pk, "resumed_on", today.isoformat(), by, now)
    return said


def _say(subject_id: int, code: str, value: str, by: Actor, now: dt.datetime) -> None:
    record_fact(subject_id, code, value, valid_from=day_of(now), source_code=SOURCE, by=by, now=now)
