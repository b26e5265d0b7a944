"""Hotlines 热线 and their calls: a missed one is called back, by a task of the unit that answers for the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping.access import hotlines_visible_to
from songda.deliveries.service.helping.models import Call, Hotline
from songda.deliveries.service.helping.rules.calls import HINT, CallRow, columns_of, is_call_table, row_of
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound, TooMany
from songda.ledger.cases.actions import open_case
from songda.registry.actors import Actor, require
from songda.registry.intake.rules.table import Imported, read, text_of
from songda.registry.organisations.access import organisation_for

MOST = 20_000


@dataclass
class Calls(Imported):
    """What a file of call records came to; `missed` of the calls kept were missed."""

    missed: int = 0


@transaction.atomic
def open_hotline(number: str, purpose: str, owner_id: int, *, by: Actor, now: dt.datetime) -> Hotline:
    """Open a line; it has an owner from the first day."""
    require(by, "teams.edit")
    owner = organisation_for(owner_id, by)
    if not number.strip() or not purpose.strip():
        raise Invalid(_("请填写号码和用途。"), fields={"number": _("热线号码。")})
    try:
        with transaction.atomic():
            made = Hotline.objects.create(
                number=number.strip()[:20], purpose=purpose.strip()[:60], owner=owner, area_path=owner.area_path,
                opened_on=clock.day_of(now),
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("这个号码已经在用。")) from error
    record("hotline.open", made, by=by, now=now, after={"number": made.number, "owner": owner.code})
    return made


@transaction.atomic
def log_call(hotline_id: int, row: CallRow, *, by: Actor, now: dt.datetime) -> Call:
    """Keep one call. The same line, moment and caller is the same call."""
    require(by, "cases.file")
    line = hotlines_visible_to(by).filter(pk=hotline_id).first()
    if line is None:
        raise NotFound(_("没有这条热线，或不由您的单位负责。"))
    call, made = Call.objects.get_or_create(
        hotline=line, at=row.at, caller=row.caller,
        defaults={"topic": row.topic, "answered": row.answered, "seconds": row.seconds},
    )  # fmt: skip
    if made and not row.answered:
        _ask_back(call, line, by, now)
    if made:
        record("hotline.call", call, by=by, now=now, after={"answered": row.answered, "topic": row.topic})
    return call


def _ask_back(call: Call, line: Hotline, by: Actor, now: dt.datetime) -> None:
    when = call.at.astimezone(clock.place()).strftime("%m-%d %H:%M")
    given = {
        "text": _("未接来电，请回电并登记咨询。来电时间 %(when)s，热线 %(line)s。") % {"when": when, "line": str(line)},
        "origin": "firm", "channel": "phone", "area_path": line.area_path, "contact_phone": call.caller[:40], "lead_id": line.owner_id,
        "request_key": f"callback:{call.pk}",
    }  # fmt: skip
    title = _("回电 %(caller)s") % {"caller": call.caller}
    Call.objects.filter(pk=call.pk).update(callback=open_case("task", subject_id=None, title=title, by=by, now=now, given=given))
    call.refresh_from_db()


def import_calls(path: Path, *, by: Actor, now: dt.datetime) -> Calls:
    """Take in a file of call records: all rows or none. Refused rows come back with why; rows taken before are known again."""
    require(by, "cases.file")
    table = read(path, is_call_table, HINT)
    if len(table.rows) > MOST:
        raise TooMany(_("话单超过%(most)d行。") % {"most": MOST}, advice=_("请按天拆分后导入。"))
    owned = {line.number: line.pk for line in hotlines_visible_to(by).filter(closed_on=None)}
    columns, found = columns_of(table.headings), Calls(table.headings)
    rows: list[tuple[int, CallRow]] = []
    for at, cells in enumerate(table.rows):
        texts = [text_of(cell) for cell in cells]
        if any(texts):
            said = {name: texts[place] if place < len(texts) else "" for name, place in columns.items()}
            said["at"] = _moment(cells, columns, said)
            _read_row(table.first_row + at, texts, said, owned, rows, found)
    if not found.refused:
        _take(rows, found, by, now)
    return found


def _moment(cells: Sequence[object], columns: Mapping[str, int], said: Mapping[str, str]) -> str:
    """A moment keeps its hour: a cell of a day and a time is not cut to its day."""
    cell = cells[columns["at"]] if columns["at"] < len(cells) else ""
    return cell.isoformat(sep=" ") if isinstance(cell, dt.datetime) else said["at"]


def _read_row(
    number: int,
    texts: list[str],
    said: Mapping[str, str],
    owned: Mapping[str, int],
    rows: list[tuple[int, CallRow]],
    found: Calls,
) -> None:
    row = row_of(said, clock.place())
    if isinstance(row, str):
        found.refused.append((number, texts, row))
    elif said["line"] not in owned:
        found.refused.append((number, texts, _("没有号码为“%(line)s”的热线，或不由您的单位负责。") % {"line": said["line"]}))
    else:
        rows.append((owned[said["line"]], row))


@transaction.atomic
def _take(rows: Sequence[tuple[int, CallRow]], found: Calls, by: Actor, now: dt.datetime) -> None:
    before = Call.objects.count()
    for line, row in rows:
        log_call(line, row, by=by, now=now)
    found.kept = Call.objects.count() - before
    found.known = len(rows) - found.kept
    found.missed = sum(not row.answered for _line, row in rows)
