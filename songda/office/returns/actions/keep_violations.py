"""Violations 疑点 followed to their end: found on submission, explained, corrected or waived; each step stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.office.indicators.actions import explain_value
from songda.office.returns.access import is_unit, must, violation_for
from songda.office.returns.models import Entry, Return, Violation, ViolationStep
from songda.office.returns.rules.validation import Breach
from songda.office.returns.states import Cause, ViolationState
from songda.registry.actors import Actor


def keep_violations(
    return_: Return, found: Sequence[Breach], explanations: Mapping[str, str], *, by: Actor, now: dt.datetime
) -> None:
    """Bring the list up to a version: new ones open (or explained at once), those that no longer hold are corrected."""
    known = {one.rule: one for one in return_.violations.all()}
    for breach in found:
        explanation = explanations.get(breach.at, "").strip()
        state = ViolationState.EXPLAINED if explanation else ViolationState.OPEN
        held = known.pop(breach.rule, None)
        if held is None:
            _settle(_opened(return_, breach, now), state, explanation, by, now)
        elif held.text != breach.text or (explanation and held.state == ViolationState.OPEN):
            held.text, held.number, held.importance = breach.text, return_.number, breach.importance
            _settle(held, state, explanation, by, now)
    for gone in known.values():
        if gone.state != ViolationState.CORRECTED:
            _settle(gone, ViolationState.CORRECTED, _("第%(n)d版已不再违反。") % {"n": return_.number}, by, now)


def _opened(return_: Return, breach: Breach, now: dt.datetime) -> Violation:
    return Violation(
        of_return=return_, rule=breach.rule, number=return_.number, importance=breach.importance, label=breach.label,
        instruction=breach.instruction, text=breach.text[:400], at=breach.at, owner=return_.organisation, area_path=return_.area_path,
        opened_at=now,
    )  # fmt: skip


def _settle(violation: Violation, state: ViolationState, note: str, by: Actor, now: dt.datetime) -> None:
    violation.state, violation.settled_at = state, None if state == ViolationState.OPEN else now
    if state in (ViolationState.EXPLAINED, ViolationState.WAIVED):
        violation.explanation = note
    violation.save()
    ViolationStep.objects.create(violation=violation, state=state, note=note, at=now, name=by.name)


@transaction.atomic
def explain_violation(violation_id: int, text: str, cause: str, *, by: Actor, now: dt.datetime) -> Violation:
    """Say why it is so, by a post of the unit; the explanation goes with the figure and, once accepted, with its value."""
    violation = _open_one(violation_id, by, text, again=ViolationState.EXPLAINED)
    if not is_unit(by):
        raise NotPermitted(_("疑点由填报单位说明。"), advice=_("统计员可以退回或豁免。"))
    if cause not in Cause.values:
        raise Invalid(_("请选择原因类别。"), fields={"cause": _("必选")})
    code, _colon, cell = violation.at.partition(":")
    entry = Entry.objects.filter(
        version__of_return_id=violation.of_return_id, version__number=violation.of_return.number, code=code, cell=cell
    ).first()
    if entry is not None and not entry.explanation:
        if entry.value_id is not None:  # printed with the value from now on: its unit's lead answers for it
            explain_value(entry.value_id, text.strip()[:500], by=by, now=now)
        Entry.objects.filter(pk=entry.pk).update(explanation=text.strip()[:500])
    violation.cause = cause
    _settle(violation, ViolationState.EXPLAINED, text.strip()[:500], by, now)
    record("violation.explain", violation, by=by, now=now, after={"cause": cause})
    return violation


@transaction.atomic
def waive_violation(violation_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Violation:
    """Let it stand without an explanation of the unit, by who accepts returns and for a reason. A blocking one cannot be waived."""
    must(by, "returns.accept")
    violation = _open_one(violation_id, by, reason)
    _settle(violation, ViolationState.WAIVED, reason.strip()[:500], by, now)
    record("violation.waive", violation, by=by, now=now, after={"reason": violation.explanation})
    return violation


@transaction.atomic
def settle_explained(*, by: Actor, now: dt.datetime) -> int:
    """Close what was explained elsewhere, on the value itself; how many."""
    found = 0
    for one in Violation.objects.filter(state=ViolationState.OPEN).select_related("of_return"):
        code, _colon, cell = one.at.partition(":")
        version = one.of_return.versions.filter(number=one.of_return.accepted_number or 0).first()
        entry = Entry.objects.filter(version=version, code=code, cell=cell).select_related("value")
        told = next((row.value.explanation for row in entry if row.value), "")
        if told:
            _settle(one, ViolationState.EXPLAINED, told, by, now)
            found += 1
    return found


def _open_one(violation_id: int, by: Actor, text: str, *, again: str = "") -> Violation:
    """One that is open; or, in the state `again`, one whose cause nobody has said yet."""
    violation = violation_for(violation_id, by)
    if not text.strip():
        raise Invalid(_("请写明原因。"), fields={"text": _("必填")})
    if violation.state != ViolationState.OPEN and (violation.state != again or violation.cause):
        raise Conflict(_("这条疑点已经了结。"), advice=_("请刷新页面查看。"))
    return violation
