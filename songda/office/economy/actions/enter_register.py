"""Entering the statistical register 统计入库 (CMD-25): conditions proved one by one, applied for, accepted by a second person.

The course is the ledger's task. What is its own stands in `conditions_first`, the guard of the kind, so that no other door of the
ledger goes round it: nothing is applied for or accepted before every condition is proved, and acceptance names the month from which
the subject counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.actions import Said, open_case, plain_step, step_case
from songda.ledger.cases.models import Case, CaseStep
from songda.office.economy.access import entry_for
from songda.office.economy.queries.parameters import entry_rule
from songda.office.economy.queries.register import AMOUNT, CONDITION, MONTH, conditions_of, entered
from songda.office.economy.rules.entry import fault_of_month, proved_on, what_lacks
from songda.office.economy.states import STAT_ENTRY
from songda.registry.actors import Actor, require
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A subject that should enter the register, and what is said of it."""

    subject_id: int
    text: str = ""
    demonstration: bool = False
    request_key: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """Papers laid to one condition, with the sum they show where the condition asks for one (whole yuan)."""

    condition: str
    papers: Sequence[int]
    note: str = ""
    amount: int = 0


@transaction.atomic
def apply_for_entry(new: NewEntry, *, by: Actor, now: dt.datetime) -> Case:
    """Open an entry; the register's desk of the territory leads it, who opens it holds it. Conflict where one is open or it is in."""
    require(by, "cases.file", advice=_("统计入库由能登记事项的岗位申报。"))
    subject, rule = subject_for(new.subject_id, by), entry_rule()
    if not rule.of(subject.kind):
        raise Invalid(
            _("“%(kind)s”不办理统计入库。") % {"kind": subject.get_kind_display()}, fields={"subject": _("请选择项目或企业。")}
        )
    refuse_second(subject, now)
    handles = by.may("cases.handle") and by.post_id is not None
    given = {
        "text": new.text, "origin": "officer", "channel": "economy", "demonstration": new.demonstration,
        "request_key": new.request_key, "lead_id": _desk_of(subject.area_path, rule.desks) or by.organisation_id,
        "holder_id": by.post_id if handles else None,
    }  # fmt: skip
    title = _("统计入库：%(name)s") % {"name": subject.name}
    return open_case(STAT_ENTRY, subject_id=subject.pk, title=title, by=by, now=now, given=given)


def refuse_second(subject: Subject, now: dt.datetime) -> None:
    """Refuse a subject that has an open entry, or is in the register."""
    running = Case.objects.filter(kind__kind__code=STAT_ENTRY, subject=subject, open=True).first()
    if running is not None:
        raise Conflict(_("该主体已有入库事项 %(number)s。") % {"number": running.number}, advice=_("请在原事项中补齐材料。"))
    if entered([subject.pk], month="9999-12", known_at=now):
        raise Conflict(_("该主体已经入库。"))


def _desk_of(area_path: str, desks: Sequence[str]) -> int | None:
    """The nearest desk that keeps the register for a place."""
    units = [one for one in Organisation.objects.filter(code__in=desks, ends_on=None) if area_path.startswith(one.area_path)]
    return max(units, key=lambda one: len(one.area_path)).pk if units else None


@transaction.atomic
def prove_condition(case_id: int, proof: Proof, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Lay papers to a condition of an open entry; a later proof of the same condition stands before an earlier one."""
    case = entry_for(case_id, by)
    known = {one.condition.code: one.condition for one in conditions_of(case)}
    condition = known.get(proof.condition)
    if condition is None:
        raise Invalid(_("没有这项入库条件。"), fields={"condition": _("请重新选择。")})
    if not proof.papers:
        raise Invalid(_("请附上证明材料。"), fields={"attached": condition.asks})
    if condition.least and proof.amount <= 0:
        raise Invalid(_("请填写金额。"), fields={"amount": condition.asks})
    used = {CONDITION: condition.code, **({AMOUNT: proof.amount} if condition.least else {})}
    note = proof.note.strip() or condition.label
    return step_case(case.pk, "remark", Said(note=note, used=used, evidence=tuple(proof.papers)), by=by, now=now)


def report_entry(case_id: int, note: str, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Apply for acceptance; Conflict with what still lacks."""
    entry_for(case_id, by)
    return plain_step(case_id, "report", Said(note=note), by=by, now=now)


def accept_entry(case_id: int, month: str, note: str, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Accept a subject into the register from a month (2020-03) on. By another person than who applied."""
    entry_for(case_id, by)
    return plain_step(case_id, "verify", Said(note=note, used={MONTH: month}), by=by, now=now)


def conditions_first(case: Case, name: str, said: Said, by: Actor, now: dt.datetime) -> Said:
    """The guard of the kind: see the head of this file. A month that was not named is this month."""
    if name not in ("report", "verify"):
        return said
    items = conditions_of(case)
    proved = proved_on(items)
    if proved is None:
        raise Conflict(_("入库条件未落实：%(what)s。") % {"what": what_lacks(items)}, advice=_("请在统计入库页逐项补齐材料。"))
    if name == "report":
        return replace(said, changes={**said.changes, "proposed_by": by.account_id})
    month = str(said.used.get(MONTH) or f"{day_of(now):%Y-%m}")
    if fault := fault_of_month(month, proved, day_of(now)):
        raise Invalid(fault, fields={"month": fault})
    return replace(said, used={**said.used, MONTH: month})
