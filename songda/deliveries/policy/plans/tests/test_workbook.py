"""A plan as a workbook: out, filled in, and in again; a wrong row writes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from songda.deliveries.policy.plans import queries
from songda.deliveries.policy.plans.actions import read_plan, write_plan
from songda.deliveries.policy.plans.actions.workbook import HEADINGS, cells_of
from songda.deliveries.policy.plans.tests.plans import drafted, whole
from songda.kernel.errors import Invalid
from songda.registry.people.tests.cast import DAY, NOW

pytestmark = [pytest.mark.usefixtures("catalogue", "ledger"), pytest.mark.row("POL-05")]


def book(target: Path, rows: list[tuple[str, ...]]) -> Path:
    with xlsxwriter.Workbook(str(target)) as made:
        sheet = made.add_worksheet()
        for line, cells in enumerate([HEADINGS, *rows]):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text)
    return target


def test_what_goes_out_comes_in_again_unchanged(cast, tmp_path):
    plan = whole(cast)
    stream = io.BytesIO()
    assert write_plan(stream, plan, DAY) == 3
    rows = CalamineWorkbook.from_filelike(io.BytesIO(stream.getvalue())).get_sheet_by_index(0).to_python()
    assert rows[0][-1] == "进度"
    assert rows[3][5] == "1:0.5"
    target = tmp_path / "plan.xlsx"
    target.write_bytes(stream.getvalue())
    assert read_plan(plan.pk, target, by=cast.editor, now=NOW) == 0


def test_a_filled_in_table_answers_for_every_measure(cast, tmp_path):
    plan = drafted(cast)
    unit = cast.bureau.short_name
    filled = [(*cells_of(one)[:2], unit, "", "2020-04-30", "", "", "", "") for one in queries.rows_of(plan)]
    assert read_plan(plan.pk, book(tmp_path / "in.xlsx", filled), by=cast.editor, now=NOW) == 3
    assert queries.completeness(plan, queries.rows_of(plan)).whole


def test_one_wrong_row_writes_nothing_and_is_named(cast, tmp_path):
    plan = drafted(cast)
    rows = [(*cells_of(one)[:2], "没有的单位", "", "2020-04-30", "", "", "", "") for one in queries.rows_of(plan)]
    rows[0] = (*rows[0][:2], cast.bureau.short_name, *rows[0][3:])
    with pytest.raises(Invalid) as refusal:
        read_plan(plan.pk, book(tmp_path / "in.xlsx", rows), by=cast.editor, now=NOW)
    assert set(refusal.value.fields) == {"第 3 行", "第 4 行"}
    assert all(one.due_on is None for one in queries.rows_of(plan))
