"""The rows behind a figure as a workbook 导出: firms of a dry run or a gap, messages of the coverage. Text stays text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.push.queries import officers_of
from songda.kernel.workbooks import HEAD, STREAMED, moment, workbook
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.states import CHANNELS, DELIVERY
from songda.registry.subjects.models import Subject

CHUNK = 1000


def write_subjects(stream: IO[bytes], subject_ids: Collection[int], said: str) -> int:
    """Firms with code, area and officer, a thousand at a time; how many. `said` is what all of them have in common."""
    heads = (_("企业名称"), _("统一社会信用代码"), _("所在辖区"), _("包联干部"), _("情况"))
    order = sorted(subject_ids)
    return write_table(stream, heads, _subject_rows(order, said))


def write_deliveries(stream: IO[bytes], deliveries: QuerySet[NoticeDelivery]) -> int:
    """Messages with recipient, channel, state and moments; how many."""
    heads = (
        _("收件企业"),
        _("标题"),
        _("渠道"),
        _("状态"),
        _("人次"),
        _("发出时间"),
        _("送达时间"),
        _("查看时间"),
        _("失败原因"),
    )
    return write_table(stream, heads, (_message(one) for one in deliveries.iterator(chunk_size=CHUNK)))


def write_table(stream: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """One sheet of texts; how many rows."""
    count = 0
    with workbook(stream, STREAMED) as book:
        sheet, bold = book.add_worksheet(), book.add_format(HEAD)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(heads) - 1, 18)
        for column, title in enumerate(heads):
            sheet.write_string(0, column, title, bold)
        for count, cells in enumerate(rows, 1):
            for column, text in enumerate(cells):
                sheet.write_string(count, column, text)
        sheet.freeze_panes(1, 1)
    return count


def _subject_rows(order: Sequence[int], said: str) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(order), CHUNK):
        keys = order[start : start + CHUNK]
        officers, found = officers_of(keys), Subject.objects.select_related("home").in_bulk(keys)
        for one in (found[key] for key in keys if key in found):
            yield one.name, one.uscc or one.local_number or "", str(one.home), officers.get(one.pk, ""), said


def _message(one: NoticeDelivery) -> tuple[str, ...]:
    notice = one.notice
    return (
        str(notice.subject or notice.group or ""), notice.title, str(CHANNELS[one.channel]), str(DELIVERY.states[one.state]), str(one.members),
        moment(one.sent_at), moment(one.delivered_at), moment(one.opened_at), one.failure,
    )  # fmt: skip
