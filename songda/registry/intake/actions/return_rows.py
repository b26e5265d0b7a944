"""Workbooks we give back: the rows that were refused, with their wrong cells in red; and an empty roster to fill in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.kernel.placing import placed
from songda.kernel.workbooks import HEAD, PLAIN, workbook
from songda.registry.facts import queries as facts
from songda.registry.intake.queries.files import FOLDER
from songda.registry.intake.queries.plan import Plan, RowError
from songda.registry.intake.rules import headings
from songda.registry.intake.rules.table import text_of
from songda.registry.subjects.models import Subject

TEMPLATE_ROWS = 5000  # rows of the template that offer drop-downs
LONGEST_CHOICE = 255  # characters Excel allows in a drop-down's own list


def write_returned(plan: Plan, number: int) -> str:
    """Write the refused rows as a workbook; its place below MEDIA_ROOT, empty when every row is good.

    The headings are those of the file, so that the mended workbook can be uploaded as it is.
    """
    if not plan.errors:
        return ""
    place = f"{FOLDER}/returned-{number}.xlsx"
    with placed(Path(settings.MEDIA_ROOT) / place) as beside, workbook(str(beside), PLAIN) as book:
        _write_rows(book, plan)
    return place


def write_template(stream: IO[bytes]) -> None:
    """An empty roster: own columns, then every fact that is not personal, with drop-downs where answers are few."""
    names = facts.catalogue()
    with workbook(stream, {**PLAIN, "in_memory": True}) as book:
        sheet, choices = book.add_worksheet(_("名册")), book.add_worksheet(_("选项"))
        choices.hide()
        head = book.add_format({**HEAD, "text_wrap": True, "valign": "vcenter", "border": 1})
        for column, (title, options) in enumerate(_template_columns(names)):
            sheet.write_string(0, column, title, head)
            sheet.set_column(column, column, max(12, len(title) * 2))
            if options:
                sheet.data_validation(1, column, TEMPLATE_ROWS, column, _dropdown(choices, column, options))
        sheet.freeze_panes(1, 2)


def _write_rows(book: xlsxwriter.Workbook, plan: Plan) -> None:
    sheet = book.add_worksheet(_("退回"))
    head = book.add_format({**HEAD, "text_wrap": True, "border": 1})
    red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    wrong: dict[int, list[RowError]] = defaultdict(list)
    for error in plan.errors:
        wrong[error.row].append(error)
    titles = [title for title in plan.table.headings if title not in headings.IGNORED[:2]]
    shown = [plan.table.headings.index(title) for title in titles]
    for column, title in enumerate([*titles, *headings.IGNORED[:2]]):
        sheet.write_string(0, column, title, head)
    for line, row in enumerate(sorted(wrong), 1):
        cells, marks = plan.table.rows[row], {error.column: error.sentence for error in wrong[row]}
        for column, place in enumerate(shown):
            sheet.write_string(line, column, text_of(cells[place]) if place < len(cells) else "", red if place in marks else None)
            if place in marks:
                sheet.write_comment(line, column, marks[place])
        sheet.write_string(line, len(shown), "；".join(_told(error, plan) for error in wrong[row]))
        sheet.write_number(line, len(shown) + 1, plan.numbers[row])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(wrong), len(shown) + 1)


def _told(error: RowError, plan: Plan) -> str:
    title = plan.table.headings[error.column] if error.column >= 0 else ""
    return f"{title}：{error.sentence}" if title else error.sentence


def _template_columns(names: Catalogue) -> Iterator[tuple[str, Iterable[str]]]:
    yield "统一社会信用代码", ()
    yield "企业名称", ()
    yield "所属街道", ()
    yield "注册地址", ()
    if "subject_kind" not in names.by_code:
        yield "主体类型", [str(label) for _value, label in Subject.Kind.choices]
    for fact in names.facts:
        if not fact.personal and fact.kind is not Kind.SERIES:
            yield f"{fact.name}（{fact.unit}）" if fact.unit else fact.name, _options(fact, names)


def _options(fact: FactKind, names: Catalogue) -> list[str]:
    if fact.kind in (Kind.BOOL, Kind.LIST):
        return ["是", "否"]
    codes = names.code_lists.get(fact.code_list) if fact.kind is Kind.CODE else None
    return list(codes.names.values()) if codes is not None and len(codes.names) <= 60 else []


def _dropdown(choices: xlsxwriter.worksheet.Worksheet, column: int, options: Iterable[str]) -> dict[str, object]:
    """A drop-down; a long list of answers lies on a hidden sheet."""
    listed = list(options)
    if len(",".join(listed)) <= LONGEST_CHOICE:
        return {"validate": "list", "source": listed, "error_message": "请从列表中选择。"}
    choices.write_column(0, column, listed)
    letter = xlsxwriter.utility.xl_col_to_name(column)
    return {"validate": "list", "source": f"='选项'!${letter}$1:${letter}${len(listed)}", "error_message": "请从列表中选择。"}
