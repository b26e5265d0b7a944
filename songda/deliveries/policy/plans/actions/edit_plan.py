"""Edit the rows of a draft 编辑方案, one by one or all from a workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.plans.access import row_to_edit
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.deliveries.policy.plans.rules.rows import Row, fault_of_row
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor

PLAIN = ("lead_id", "due_on", "ratio", "local", "measure_id", "not_applicable")


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What a row shall say; a row may be left unfinished, but not say two things at once."""

    lead_id: int | None = None
    support_ids: tuple[int, ...] = ()
    due_on: dt.date | None = None
    ratio: str = ""
    local: str = ""
    measure_id: int | None = None
    not_applicable: str = ""


@transaction.atomic
def edit_row(row_id: int, said: RowSaid, *, by: Actor, now: dt.datetime) -> PlanRow:
    """Write a row of a draft. Invalid where it both applies and does not, or the ratio cannot be read."""
    row = row_to_edit(row_id, by)
    refuse_settled(row.plan)
    refuse_contradiction(said)
    before = {name: str(getattr(row, name) or "") for name in PLAIN}
    for name in PLAIN:
        setattr(row, name, getattr(said, name))
    row.ratio = said.ratio.replace("：", ":")
    row.save()
    row.support.set([one for one in said.support_ids if one != said.lead_id])
    Plan.objects.filter(pk=row.plan_id).update(edited_at=now)
    after = {name: str(getattr(row, name) or "") for name in PLAIN}
    changed = {name for name in PLAIN if before[name] != after[name]}
    record(
        "policy.edit_plan", row, by=by, now=now, before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )  # fmt: skip
    return row


def refuse_settled(plan: Plan) -> None:
    """Only a draft is edited: what somebody has stood for keeps its words."""
    if plan.state != "draft":
        raise Conflict(_("只有草稿可以修改。"), advice=_("请先退回，或起草新版。"))


def refuse_contradiction(said: RowSaid) -> None:
    """A row may still lack something; it may not say both."""
    lead = said.lead_id is not None
    fault = fault_of_row(Row(lead, said.due_on or dt.date.max, said.not_applicable, said.ratio))
    if fault and (lead or said.not_applicable.strip()):
        raise Invalid(fault, fields={"ratio" if lead and not said.not_applicable.strip() else "not_applicable": fault})
