"""Take the ledger out 导出台账: at once when small, by a job when large; every export is on record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import NotFound, NotPermitted, TooMany
from songda.ledger.cases.actions.write_table import write_ledger
from songda.ledger.cases.models import Export
from songda.ledger.cases.queries.listing import Wanted, listed
from songda.registry.actors import Actor

AT_ONCE = 5_000
MOST = 50_000
FOLDER = "cases/exports"


@transaction.atomic
def ask_export(query: str, wanted: Wanted, *, by: Actor, now: dt.datetime) -> tuple[Export, bool]:
    """Put an export on record, and whether it is small enough to be written at once. TooMany beyond `MOST` rows."""
    if not by.may("cases.export") or by.post_id is None:
        raise NotPermitted(_("您的岗位不能导出台账。"))
    count = listed(by, wanted, now).order_by()[: MOST + 1].count()
    if count > MOST:
        raise TooMany(_("超过%(n)d行，不能一次导出。") % {"n": MOST}, advice=_("请按辖区、时间或类别筛选后分次导出。"))
    made = Export.objects.create(post_id=by.post_id, query=query[:400], asked_at=now, rows=count)
    record("case.export", made, by=by, now=now, after={"query": query[:400], "rows": count})
    return made, count <= AT_ONCE


def write_export(export: Export, wanted: Wanted, *, by: Actor, now: dt.datetime) -> Export:
    """Write the workbook as `by` sees the ledger now. Again for one that is made: nothing happens."""
    if export.made_at is None:
        place = f"{FOLDER}/{export.pk}.xlsx"
        export.rows = write_ledger(Path(settings.MEDIA_ROOT) / place, listed(by, wanted, now), now=now)
        export.file, export.made_at = place, now
        export.save(update_fields=["rows", "file", "made_at"])
    return export


def exported_file(export_id: int, *, by: Actor) -> Path:
    """The workbook of one's own post; NotFound for another's, or one that is not made yet."""
    found = Export.objects.filter(pk=export_id, post_id__in=by.posts).first()
    path = Path(settings.MEDIA_ROOT) / found.file if found and found.file else None
    if path is None or not path.is_file():
        raise NotFound(_("没有这份导出，或尚未生成。"))
    return path
