"""Take a step 办理: the only function that moves a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.ledger.cases.access import case_to_step, label_of, stands_in_for
from songda.ledger.cases.actions.announce_step import announce_step
from songda.ledger.cases.actions.sweep_clocks import refresh_or_put_off
from songda.ledger.cases.actions.tell_firm import tell_firm
from songda.ledger.cases.actions.tell_posts import tell_holders
from songda.ledger.cases.models import Case, CaseEvidence, CaseStep
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules.guards import guard_of
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

    Conflict where the kind has the step switched off, the state does not allow it, or somebody was faster (it says who): then
    nothing is done. A step never lies before the one it follows: where a server's clock was put back, it bears the other's moment.
    """
    said = said or Said()
    earlier = _earlier(said, case_id, name, by)
    if earlier is not None:
        return earlier
    case = case_to_step(case_id, name, by)
    refuse_off(case, name)
    said = guarded(case, name, said, by, now)
    before, seen = case.state, case.version if said.version is None else said.version
    held, led = case.holder_id, case.lead_id
    at = max(now, case.moved_at)
    try:
        _move(case, name, seen, said.changes, at)
    except Conflict as refusal:
        # Sent twice at once by one device: the other sending has won meanwhile, and is the answer to both.
        earlier = _earlier(said, case_id, name, by)
        if earlier is not None:
            return earlier
        raise _faster(case, name, seen) or refusal from refusal
    step = _written(case, name, before, at, said, by)
    CaseEvidence.objects.bulk_create(
        [CaseEvidence(case=case, step=step, evidence_id=one) for one in said.evidence], ignore_conflicts=True
    )
    refresh_or_put_off(case, now=at)
    after = {"state": case.state, **{key: str(value) for key, value in said.changes.items()}}
    record(f"case.{name}", case, by=by, now=now, before={"state": before}, after=after)
    if step.told.strip():
        tell_firm(case, step, step.told, now=now)
    if (case.holder_id, case.lead_id) != (held, led):
        tell_holders(case, held, step, by=by, now=now)
    announce_step(case, name, now=now)
    return step


def guarded(case: Case, name: str, said: Said, by: Actor, now: dt.datetime) -> Said:
    """What is said once the guard of the case's kind, where it has one, has let the step pass."""
    guard = guard_of(spec_of(case.kind).code)
    passed: Said = import_string(guard)(case, name, said, by, now) if guard else said
    return passed


def refuse_off(case: Case, name: str) -> None:
    """A step that the kind switched off, or a note on a matter at rest."""
    if name in spec_of(case.kind).off:
        message = _("“%(kind)s”不设“%(step)s”这一步。") % {"kind": case.kind.label, "step": label_of(case.machine, name)}
        raise Conflict(message, advice=_("请按该类事项的办理步骤继续。"))
    if name in NOTES and not case.open:
        raise Conflict(_("事项已办结，不能再登记。"), advice=_("需要继续办理时，请先重新办理。"))


def _move(case: Case, name: str, seen: int, changes: Mapping[str, object], at: dt.datetime) -> None:
    """One UPDATE on (id, state, version). Whoever comes second finds no row."""
    written = {**changes, "version": seen + 1, "moved_at": at}
    if name not in NOTES:
        target = MACHINES[case.machine].step(name).target
        rests = target in AT_REST[case.machine]
        written |= {"open": not rests, "closed_at": at if rests else None}
        move(MACHINES[case.machine], case, name, {"version": seen}, **written)
        return
    if Case.objects.filter(pk=case.pk, version=seen, open=True).update(**written) != 1:
        raise Conflict(_("事项已办结，不能再登记。"), advice=_("需要继续办理时，请先重新办理。"))
    case.refresh_from_db()


def _written(case: Case, name: str, before: str, at: dt.datetime, said: Said, by: Actor) -> CaseStep:
    step = CaseStep(
        case=case,
        seq=case.version,
        step=name,
        before=before,
        after=case.state,
        at=at,
        account_id=by.account_id,
        post_id=by.post_id,
        name=by.name,
        for_name=said.acting_for or stands_in_for(case, by),
        note=said.note,
        told=said.told,
        used=dict(said.used),
        request_key=said.request_key or None,
    )
    try:
        step.save(force_insert=True)
    except IntegrityError as error:
        if not said.request_key:
            raise
        raise Conflict(_("提交编号已用于另一步骤。"), advice=_("请刷新后重新提交。")) from error
    return step


def _earlier(said: Said, case_id: int, name: str, by: Actor) -> CaseStep | None:
    """The step that this very submission has taken already."""
    found = CaseStep.objects.filter(request_key=said.request_key).first() if said.request_key else None
    if found is not None and (found.case_id, found.step, found.account_id) != (case_id, name, by.account_id):
        raise Conflict(_("提交编号已用于另一步骤。"), advice=_("请刷新后重新提交。"))
    return found


def _faster(case: Case, name: str, seen: int) -> Conflict | None:
    """Who took a step after the one that the person saw, in words; None where nobody did and the state alone forbids it."""
    last = CaseStep.objects.filter(case=case, seq__gt=seen).order_by("-seq").first()
    if last is None:
        return None
    told = {"step": label_of(case.machine, name), "who": last.name, "what": label_of(case.machine, last.step)}
    return Conflict(
        _("“%(step)s”未办理：%(who)s刚刚办理了“%(what)s”。") % told, advice=_("请刷新页面，查看最新进展后再决定是否办理。")
    )
