"""The daily report as a workbook: out with what is known, in with what is new; refused rows come back with their reasons."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import TooMany
from songda.kernel.workbooks import HEAD, STREAMED, workbook
from songda.office.resumption.access import must
from songda.office.resumption.actions.report_day import MOST, Row, report_day
from songda.office.resumption.queries.subjects import Wanted, lines, subject_rows
from songda.office.resumption.rules.sheets import HEADINGS, Said, is_sheet, said
from songda.registry.actors import Actor
from songda.registry.intake.rules.table import Imported, read, text_of
from songda.registry.organisations.models import Organisation

HINT = "前十行内应有一行表头，至少含“编号”和“到岗”；请先导出日报表，填好后传回。"


@dataclass
class Taken(Imported):
    """What a sheet came to, with the number of facts written."""

    facts: int = 0


@transaction.atomic
def write_sheet(wanted: Wanted, on: dt.date, *, by: Actor, now: dt.datetime) -> bytes:
    """The subjects that pass the filters with what is known of them on a day, as a workbook. Who took it is on record."""
    must(by, "resumption.report")
    rows = list(subject_rows(by, wanted, on=on)[: MOST + 1])
    if len(rows) > MOST:
        raise TooMany(_("超过%(n)d户，一张表放不下。") % {"n": MOST}, advice=_("请先按街道或状态筛选。"))
    stream = io.BytesIO()
    with workbook(stream, STREAMED) as book:
        sheet, head = book.add_worksheet(_("复工日报")), book.add_format(HEAD)
        sheet.write_row(0, 0, HEADINGS, head)
        sheet.set_column(1, 1, 36)
        for number, line in enumerate(lines(rows, on=on), 1):
            texts = (str(line.subject.pk), line.subject.name, line.subject.home.short_name, line.state_label)
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text)
            for column, count in enumerate((line.due, line.present, line.roll_present), len(texts)):
                if count is not None:
                    sheet.write_number(number, column, count)
    unit = Organisation.objects.filter(pk=by.organisation_id or 0).first()
    if unit is not None:
        record("resumption.export", unit, by=by, now=now, after={"day": on, "rows": len(rows)})
    return stream.getvalue()


def take_sheet(path: Path, on: dt.date, *, by: Actor, now: dt.datetime) -> Taken:
    """Take in a filled sheet: right rows are written, wrong ones come back. The same sheet again writes nothing new."""
    must(by, "resumption.report")
    table = read(path, is_sheet, HINT)
    if len(table.rows) > MOST:
        raise TooMany(_("日报表超过%(n)d行。") % {"n": MOST}, advice=_("请按街道拆分后导入。"))
    found, good = Taken(table.headings), list[tuple[int, list[str], Said]]()
    for at, cells in enumerate(table.rows):
        texts = [text_of(cell) for cell in cells]
        if not any(texts):
            continue
        one = said(table.headings, texts)
        if one.why:
            found.refused.append((table.first_row + at, texts, one.why))
        else:
            good.append((table.first_row + at, texts, one))
    done = report_day([row_of(one) for _number, _texts, one in good], on, by=by, now=now)
    found.kept, found.facts = done.taken, done.facts
    found.refused += [(good[place][0], good[place][1], why) for place, why in done.refused.items()]
    found.refused.sort(key=lambda one: one[0])
    return found


def row_of(one: Said) -> Row:
    """A row of the sheet as the report takes it."""
    return Row(one.subject_id, one.state, cause=one.cause, text=one.text, **one.numbers)
