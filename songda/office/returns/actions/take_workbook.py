"""Taking in a filled workbook 上传: all of it or nothing; what is wrong comes back row by row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict, Invalid
from songda.office.returns.access import return_to
from songda.office.returns.actions.fill_return import Said, save_draft
from songda.office.returns.actions.write_form import NUMBER, WHY, headings, mark_of
from songda.office.returns.models import Version
from songda.office.returns.queries.filling import form_in_version
from songda.registry.actors import Actor
from songda.registry.intake.rules.table import Imported, Table, read, text_of


@dataclass
class Taken(Imported):
    """What a workbook came to: the draft, or the rows refused with why."""

    version: Version | None = None


def take_workbook(return_id: int, path: Path, *, by: Actor, now: dt.datetime) -> Taken:
    """Keep a filled form as the draft of its return. Conflict where it was made for another return or version."""
    return_ = return_to("returns.fill", return_id, by)
    wanted = headings()
    table = read(path, lambda titles: tuple(titles[1:7]) == wanted, _("请用本页下载的表格填写，不要改动表头。"))
    if table.headings[0] != mark_of(return_):
        raise Conflict(_("这份表格不是为本单位、本期、现在的版本下载的。"), advice=_("请重新下载表格，把数抄过来再上传。"))
    taken = Taken(("", *wanted))
    said, rows = _said(table, {place.key for place in form_in_version(return_.form_id).places}, taken)
    if not taken.refused:
        try:
            taken.version = save_draft(return_id, said, by=by, now=now)
        except Invalid as refusal:
            taken.refused += [(rows[key][0], rows[key][1], why) for key, why in refusal.fields.items()]
    return taken


def _said(table: Table, keys: set[str], taken: Taken) -> tuple[dict[str, Said], dict[str, tuple[int, list[str]]]]:
    said: dict[str, Said] = {}
    rows: dict[str, tuple[int, list[str]]] = {}
    for at, cells in enumerate(table.rows):
        texts = [text_of(cell) for cell in cells][: WHY + 1] + [""] * (WHY + 1 - len(cells))
        key, number = texts[0], table.first_row + at
        if not any(texts):
            continue
        if key not in keys or key in said:
            taken.refused.append((number, texts, _("这一行不是表里原有的行，请删去。")))
            continue
        said[key], rows[key] = Said(texts[NUMBER], texts[WHY]), (number, texts)
    return said, rows
