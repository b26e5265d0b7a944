"""Contract delay 合同工期延误: spans claimed with their papers, accepted by somebody else; the days are counted once each."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping import queries
from songda.deliveries.service.helping.models import DelaySpan
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.access import case_for
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import Case
from songda.ledger.evidence.access import evidence_for
from songda.registry.actors import Actor, require

DELAY = "contract-delay"
Days = tuple[dt.date, dt.date]


@transaction.atomic
def claim_delay(case_id: int, days: Days, reason: str, *, by: Actor, now: dt.datetime, paper_id: int | None = None) -> DelaySpan:
    """Claim that work stood still from the first to the last day. By the firm, or by an office for it."""
    require(by, "firm.act", "cases.file", "cases.handle")
    case = delay_case(case_id, by)
    first, last = days
    if last < first or not reason.strip():
        raise Invalid(_("请填写起止日期和原因，止期不早于起期。"), fields={"last": _("请核对日期。")})
    made = DelaySpan.objects.create(
        case=case, first_on=first, last_on=last, reason=reason.strip()[:200], claimed_by=by.account_id, claimed_name=by.name,
        paper=evidence_for(paper_id, by) if paper_id else None,
    )  # fmt: skip
    record("delay.claim", made, by=by, now=now, after={"case": case.number, "first": first, "last": last})
    return made


@transaction.atomic
def decide_delay(span_id: int, note: str, *, accepted: bool, by: Actor, now: dt.datetime) -> DelaySpan:
    """Accept a span or not, with why not. By who handles the case, and not by who claimed it. The case's history says how many days."""
    span = DelaySpan.objects.filter(pk=span_id).first()
    if span is None:
        raise NotFound(_("没有这段延误申报。"))
    case = delay_case(span.case_id, by)
    if span.claimed_by is not None and span.claimed_by == by.account_id:
        raise NotPermitted(_("申报人不能审核自己的申报。"), advice=_("请由同事审核。"))
    if not accepted and not note.strip():
        raise Invalid(_("不予认可须说明理由。"), fields={"note": _("企业会看到理由。")})
    waiting = DelaySpan.objects.filter(pk=span.pk, accepted=None)
    if waiting.update(accepted=accepted, decided_name=by.name, decided_at=now, decision_note=note.strip()[:200]) != 1:
        raise Conflict(_("这段延误已经审核。"))
    delay = queries.delay_of(case)
    word = _("认可") if accepted else _("不予认可")
    told = _("延误 %(first)s 至 %(last)s：%(word)s。累计认可顺延 %(days)d 天。%(note)s") % {
        "first": span.first_on, "last": span.last_on, "word": word, "days": delay.accepted, "note": note.strip(),
    }  # fmt: skip
    step_case(case.pk, "tell", Said(told=told, used={"span": span.pk, "days": delay.accepted}), by=by, now=now)
    record("delay.decide", span, by=by, now=now, after={"accepted": accepted, "days": delay.accepted})
    span.refresh_from_db()
    return span


def delay_case(case_id: int, by: Actor) -> Case:
    """A contract-delay case in sight that is still open."""
    case = case_for(case_id, by)
    if case.kind.kind.code != DELAY:
        raise Invalid(_("这不是合同工期延误事项。"))
    if not case.open:
        raise Conflict(_("事项已办结。"))
    return case
