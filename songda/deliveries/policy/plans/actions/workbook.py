"""A plan as a workbook 方案表: out, filled in, and in again; nothing is written unless every row can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import Measure
from songda.deliveries.policy.plans.access import plan_to_change
from songda.deliveries.policy.plans.actions.edit_plan import RowSaid, edit_row, refuse_settled
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.deliveries.policy.plans.queries import views_of
from songda.deliveries.policy.plans.queries.progress import rows_of
from songda.kernel.errors import Invalid, Refused
from songda.kernel.workbooks import HEAD, PLAIN, workbook
from songda.registry.actors import Actor
from songda.registry.intake.rules.table import Table, read, text_of
from songda.registry.organisations.models import Organisation

HEADINGS = ("序号", "举措", "牵头单位", "配合单位", "完成期限", "追加配比", "本地参数", "本地措施代码", "不适用的理由")
STATE = "进度"
WIDTHS = (6, 36, 18, 24, 12, 10, 30, 18, 24, 10)
SEPARATORS = "、，,;；"


@dataclass(frozen=True, slots=True)
class _Names:
    """Units by name and by short name, measures by code."""

    units: Mapping[str, int]
    measures: Mapping[str, int]


def write_plan(stream: IO[bytes], plan: Plan, today: dt.date) -> int:
    """The table of a plan; how many rows. Text stays text."""
    with workbook(stream, {**PLAIN, "in_memory": True}) as book:
        sheet, head = book.add_worksheet(_("落实方案")), book.add_format({**HEAD, "border": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (title, width) in enumerate(zip((*HEADINGS, STATE), WIDTHS, strict=True)):
            sheet.set_column(column, column, width, wrap)
            sheet.write_string(0, column, title, head)
        views = views_of(rows_of(plan), today)
        for line, view in enumerate(views, 1):
            for column, text in enumerate((*cells_of(view.row), str(view.standing.label))):
                sheet.write_string(line, column, text)
        sheet.freeze_panes(1, 2)
    return len(views)


def cells_of(row: PlanRow) -> tuple[str, ...]:
    """A row as its cells."""
    return (
        str(row.ordinal), f"{row.label}{row.title}", row.lead.short_name if row.lead else "",
        "、".join(one.short_name for one in row.support.all()), row.due_on.isoformat() if row.due_on else "", row.ratio, row.local,
        row.measure.code if row.measure else "", row.not_applicable,
    )  # fmt: skip


@transaction.atomic
def read_plan(plan_id: int, path: Path, *, by: Actor, now: dt.datetime) -> int:
    """Write the rows of a draft from a filled-in table; how many changed. Invalid with every wrong row by its number in the file; then
    nothing is written."""
    plan = plan_to_change(plan_id, by, "policy.edit")
    refuse_settled(plan)
    table = read(path, lambda titles: set(HEADINGS) <= set(titles), _("表头应为：%(names)s。") % {"names": "、".join(HEADINGS)})
    rows = {str(one.ordinal): one for one in rows_of(plan)}
    names, faults, changed = _names(plan), dict[str, str](), 0
    for number, cells in _lines(table):
        try:
            row = rows.get(cells["序号"])
            if row is None:
                raise Invalid(_("方案里没有序号 %(n)s。") % {"n": cells["序号"]})
            if tuple(cells[name] for name in HEADINGS[2:]) != cells_of(row)[2:]:
                edit_row(row.pk, _said(cells, names), by=by, now=now)
                changed += 1
        except Refused as refusal:
            faults[_("第 %(n)d 行") % {"n": number}] = refusal.message
    if faults:
        raise Invalid(_("有 %(n)d 行不能写入，全部未写入。") % {"n": len(faults)}, advice=_("请改正后重新上传。"), fields=faults)
    return changed


def _lines(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(table.rows, table.first_row):
        cells = dict(zip(table.headings, (text_of(cell) for cell in row), strict=False))
        if cells.get("序号"):
            yield number, {name: cells.get(name, "") for name in HEADINGS}


def _said(cells: Mapping[str, str], names: _Names) -> RowSaid:
    support = tuple(_unit(word, names) for word in _split(cells["配合单位"]))
    try:
        due = dt.date.fromisoformat(cells["完成期限"]) if cells["完成期限"] else None
    except ValueError as error:
        raise Invalid(_("完成期限“%(text)s”不是日期（应为 2020-03-31）。") % {"text": cells["完成期限"]}) from error
    code = cells["本地措施代码"]
    if code and code not in names.measures:
        raise Invalid(_("没有措施 %(code)s。") % {"code": code})
    return RowSaid(
        lead_id=_unit(cells["牵头单位"], names) if cells["牵头单位"] else None, support_ids=support, due_on=due,
        ratio=cells["追加配比"], local=cells["本地参数"], measure_id=names.measures[code] if code else None,
        not_applicable=cells["不适用的理由"],
    )  # fmt: skip


def _unit(name: str, names: _Names) -> int:
    if name not in names.units:
        raise Invalid(_("本辖区没有单位“%(name)s”。") % {"name": name})
    return names.units[name]


def _split(text: str) -> Sequence[str]:
    for sign in SEPARATORS:
        text = text.replace(sign, " ")
    return text.split()


def _names(plan: Plan) -> _Names:
    units = Organisation.objects.filter(area_path__startswith=plan.area_path, ends_on=None)
    named = {name: one.pk for one in units for name in (one.name, one.short_name)}
    return _Names(named, dict(Measure.objects.values_list("code", "pk")))
