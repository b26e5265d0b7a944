"""How complete a plan is 完整性 and how far it has come 进度: counted from its rows and the state of their tasks, nothing kept beside them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.deliveries.policy.plans.queries.items import items_of
from songda.deliveries.policy.plans.rules.rows import Row, fault_of_row, standing_of
from songda.deliveries.policy.plans.states import Standing


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the superior document's measures the plan answers for, and what is wrong with each of the others."""

    of: int
    faults: tuple[tuple[str, str], ...]

    @property
    def answered(self) -> int:
        """Those with a unit and a day, or a reason."""
        return self.of - len(self.faults)

    @property
    def whole(self) -> bool:
        """Whether every one is answered for: 30/30."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with how far it has come; `units` that help."""

    row: PlanRow
    standing: Standing
    fault: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of a unit (or of the whole plan) by how far they have come."""

    name: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def cells(self) -> list[tuple[str, int]]:
        """How many of each, in the order of `Standing`, with its word."""
        return [(str(one.label), self.counts.get(one.value, 0)) for one in Standing]


def rows_of(plan: Plan) -> list[PlanRow]:
    """The rows with everything a page shows of them. Two queries."""
    found = plan.rows.select_related("article", "lead", "measure", "task").prefetch_related("support")
    return list(found.order_by("ordinal"))


def completeness(plan: Plan, rows: Sequence[PlanRow]) -> Completeness:
    """Against the superior document as it stands: a measure without a row, or with a row that answers for nothing, is named."""
    held = {(one.article_id, one.item_id): one for one in rows}
    items = items_of(plan.upper)
    faults = [(f"{one.article.label}{one.title}", fault) for one in items if (fault := _fault(held.get(one.key)))]
    return Completeness(len(items), tuple(faults))


def views_of(rows: Iterable[PlanRow], today: dt.date) -> list[RowView]:
    """Rows with how far each has come."""
    return [RowView(one, standing(one, today), _fault(one)) for one in rows]


def standing(row: PlanRow, today: dt.date) -> Standing:
    """How far a row has come: the state of its task."""
    return Standing(standing_of(row.task.state if row.task else "", row.due_on, today))


def by_unit(views: Sequence[RowView]) -> list[Tally]:
    """Rows by the unit that leads, then all together; those that do not apply stand by themselves."""
    found: dict[str, Counter[str]] = {}
    none = str(Standing.NONE.label)
    for one in views:
        name = str(one.row.lead) if one.row.lead else none
        found.setdefault(name, Counter())[one.standing.value] += 1
    whole: Counter[str] = Counter(one.standing.value for one in views)
    units = sorted(found.items(), key=lambda one: (one[0] == none, one[0]))
    return [*(Tally(name, dict(counts)) for name, counts in units), Tally(_("合计"), dict(whole))]


def _fault(row: PlanRow | None) -> str:
    if row is None:
        return _("方案里没有这一项。")
    return fault_of_row(Row(row.lead_id is not None, row.due_on, row.not_applicable, row.ratio))
