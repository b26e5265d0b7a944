"""Taking in a table of targets 导入目标表: all rows or none; a wrong row comes back with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.errors import Invalid, Refused, TooMany
from songda.kernel.recall import recalling
from songda.office.economy.actions.set_target import NewTarget, set_target
from songda.office.economy.models import Target
from songda.office.economy.rules.target_table import HEADINGS, HINT, Row, is_target_table, row_of
from songda.office.indicators.queries import definitions
from songda.office.indicators.rules.definitions import Definition
from songda.registry.actors import Actor, require
from songda.registry.intake.rules.table import Imported, read, text_of
from songda.registry.organisations.models import Organisation

MOST = 2_000


@recalling()
def import_targets(path: Path, *, by: Actor, now: dt.datetime) -> Imported:
    """Set every target of a table, by `set_target` and its rules. TooMany beyond 2,000 rows."""
    require(by, "targets.edit", advice=_("全年目标由统计人员登记。"))
    table = read(path, is_target_table, HINT)
    if len(table.rows) > MOST:
        raise TooMany(_("目标表有%(n)d行，超过%(most)d行。") % {"n": len(table.rows), "most": MOST}, advice=_("请拆分后导入。"))
    found = Imported(table.headings)
    places = {name: table.headings.index(name) for name in HEADINGS if name in table.headings}
    before = Target.objects.count()
    with transaction.atomic():
        for number, row in enumerate(table.rows, table.first_row):
            cells = [text_of(cell) for cell in row]
            if any(cells):
                said = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
                _take(number, cells, said, found, by, now)
        found.kept = Target.objects.count() - before
        transaction.set_rollback(bool(found.refused))
    found.known -= found.kept
    if not (found.kept or found.known or found.refused):
        raise Invalid(_("表里没有目标。"))
    return found


def _take(number: int, cells: Sequence[str], said: Mapping[str, str], found: Imported, by: Actor, now: dt.datetime) -> None:
    try:
        with transaction.atomic():
            set_target(_new(said), by=by, now=now)
        found.known += 1
    except Refused as refused:
        found.refused.append((number, cells, "；".join([refused.sentence, *refused.fields.values()])))


def _new(said: Mapping[str, str]) -> NewTarget:
    row = row_of(said)
    if isinstance(row, str):
        raise Invalid(row)
    one, unit = _indicator(row), Organisation.objects.filter(code=row.unit).first()
    if unit is None:
        raise Invalid(_("没有代码为“%(code)s”的单位。") % {"code": row.unit})
    if row.measure and row.measure != one.unit:
        told = {"wanted": one.unit, "said": row.measure}
        raise Invalid(_("计量单位应为“%(wanted)s”，表中写的是“%(said)s”。") % told)
    return NewTarget(one.code, unit.pk, row.year, row.number, row.source, row.pace, row.reason)


def _indicator(row: Row) -> Definition:
    known = definitions()
    found = [one for one in known.values() if row.indicator in (one.code, one.label)]
    if len(found) != 1:
        raise Invalid(
            _("没有名为“%(name)s”的指标，或不止一个。") % {"name": row.indicator}, advice=_("请用模板里的指标名称或代码。")
        )
    return found[0]
