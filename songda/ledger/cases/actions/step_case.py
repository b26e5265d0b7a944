"""Take a step 办理: the only function that moves a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.ledger.cases.access import case_to_step, label_of
from songda.ledger.cases.actions.clocks import refresh_clocks
from songda.ledger.cases.models import Case, CaseEvidence, CaseStep
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.states import AT_REST, MACHINES, NOTES
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a step: a note for the offices, what the firm is told, what it stood on, evidence, on whose behalf.

    `changes` are columns of the case written in the same UPDATE. `version` is the case as the person saw it (None: as it is now).
    `request_key` comes from the device: the same key again is the same step.
    """

    note: str = ""
    told: str = ""
    used: Mapping[str, object] = field(default_factory=dict)
    evidence: Sequence[int] = ()
    changes: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None
    request_key: str = ""
    acting_for: str = ""


@transaction.atomic
def step_case(case_id: int, name: str, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Take a step of the machine, or note something (`states.NOTES`) of an open case.

    Conflict where the kind has the step switched off, the state does not allow it, or somebody was faster: then nothing is done.
    """
    said = said or Said()
    earlier = CaseStep.objects.filter(request_key=said.request_key).first() if said.request_key else None
    if earlier is not None:
        return _same(earlier, case_id, name)
    case = case_to_step(case_id, name, by)
    refuse_off(case, name)
    before = case.state
    _move(case, name, said, now)
    step = CaseStep.objects.create(
        case=case,
        seq=case.version,
        step=name,
        before=before,
        after=case.state,
        at=now,
        account_id=by.account_id,
        post_id=by.post_id,
        name=by.name,
        for_name=said.acting_for,
        note=said.note,
        told=said.told,
        used=dict(said.used),
        request_key=said.request_key or None,
    )
    CaseEvidence.objects.bulk_create(
        [CaseEvidence(case=case, step=step, evidence_id=one) for one in said.evidence], ignore_conflicts=True
    )
    refresh_clocks(case, now=now)
    after = {"state": case.state, **{key: str(value) for key, value in said.changes.items()}}
    record(f"case.{name}", case, by=by, now=now, before={"state": before}, after=after)
    return step


def refuse_off(case: Case, name: str) -> None:
    """A step that the kind switched off, or a note on a matter at rest."""
    if name in spec_of(case.kind).off:
        message = _("“%(kind)s”不设“%(step)s”这一步。") % {"kind": case.kind.label, "step": label_of(case.machine, name)}
        raise Conflict(message, advice=_("请按该类事项的办理步骤继续。"))
    if name in NOTES and not case.open:
        raise Conflict(_("事项已办结，不能再登记。"), advice=_("需要继续办理时，请先重新办理。"))


def _move(case: Case, name: str, said: Said, now: dt.datetime) -> None:
    """One UPDATE on (id, state, version). Whoever comes second finds no row."""
    seen = case.version if said.version is None else said.version
    written = {**said.changes, "version": seen + 1, "moved_at": now}
    if name not in NOTES:
        target = MACHINES[case.machine].step(name).target
        rests = target in AT_REST[case.machine]
        written |= {"open": not rests, "closed_at": now if rests else None}
        move(MACHINES[case.machine], case, name, {"version": seen}, **written)
        return
    if Case.objects.filter(pk=case.pk, version=seen, open=True).update(**written) != 1:
        raise Conflict(_("事项刚刚由他人办理过。"), advice=_("请刷新页面，查看最新进展后再登记。"))
    case.refresh_from_db()


def _same(earlier: CaseStep, case_id: int, name: str) -> CaseStep:
    if (earlier.case_id, earlier.step) != (case_id, name):
        raise Conflict(_("提交编号已用于另一步骤。"), advice=_("请刷新后重新提交。"))
    return earlier
