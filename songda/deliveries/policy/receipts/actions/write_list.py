"""The list as a workbook 名单导出: goes out to be signed, comes back through `import_signatures`. Text stays text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import IO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.receipts.access import handout_for
from songda.deliveries.policy.receipts.models import Recipient
from songda.deliveries.policy.receipts.queries import Wanted, recipients_listed
from songda.deliveries.policy.receipts.rules.lists import OUT
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.workbooks import HEAD, STREAMED, workbook
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

CHUNK = 1000
WIDTHS = {"企业名称": 32, "统一社会信用代码": 22, "包联干部": 18, "备注": 24}


@transaction.atomic
def write_list(handout_id: int, wanted: Wanted, stream: IO[bytes], *, by: Actor, now: dt.datetime) -> int:
    """The recipients in sight that the filters show; how many. Read and written a thousand at a time; on record in the trail."""
    handout = handout_for(handout_id, by)
    keys = list(recipients_listed(handout, by, wanted).values_list("pk", flat=True))
    with workbook(stream, STREAMED) as book:
        sheet = book.add_worksheet(_("签收表"))
        head = book.add_format({**HEAD, "border": 1})
        for column, title in enumerate(OUT):
            sheet.set_column(column, column, WIDTHS.get(title, 12))
        for column, title in enumerate(OUT):
            sheet.write_string(0, column, title, head)
        for line, cells in enumerate(_lines(keys, recipients_listed(handout, by, Wanted(show="all"))), 1):
            sheet.write_number(line, 0, line)
            for column, text in enumerate(cells, 1):
                sheet.write_string(line, column, text)
        sheet.freeze_panes(1, 2)
    record("receipts.export", handout, by=by, now=now, after={"rows": len(keys), "show": wanted.show})
    return len(keys)


def _lines(keys: Sequence[int], rows: QuerySet[Recipient]) -> Iterator[tuple[str, ...]]:
    names = dict(Organisation.objects.exclude(kind__in=("department", "task_force")).values_list("area_path", "short_name"))
    for start in range(0, len(keys), CHUNK):
        found = rows.in_bulk(keys[start : start + CHUNK])
        yield from (_cells(found[key], names) for key in keys[start : start + CHUNK])


def _cells(one: Recipient, names: dict[str, str]) -> tuple[str, ...]:
    held, present = getattr(one.subject, "held", []), getattr(one, "present", [])
    receipt = present[0] if present else None
    state = _("未签收") if receipt is None else _("已签收")
    if receipt is not None and receipt.evidence is not None and not receipt.evidence.counts:
        state = _("凭证失效")
    return (
        one.name, one.subject.uscc or one.subject.local_number or "", names.get(one.area_path, one.area_path),
        held[0].post.person.name if held else "", state, str(receipt.get_method_display()) if receipt else "",
        day_of(receipt.received_at).isoformat() if receipt else "", receipt.receiver if receipt else "",
        receipt.name if receipt else "", receipt.note if receipt else "",
    )  # fmt: skip
