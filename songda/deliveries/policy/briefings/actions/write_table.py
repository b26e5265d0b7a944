"""The list of a briefing as a workbook: who was there, who asked what and what came of it. Text stays text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import briefing_to_work
from songda.deliveries.policy.briefings.models import Briefing, Question
from songda.deliveries.policy.briefings.queries import attended_of, figures_of, registered_of
from songda.kernel.audit.actions import record
from songda.kernel.workbooks import HEAD, STREAMED, moment, workbook
from songda.registry.actors import Actor

Rows = Iterable[Sequence[object]]


@transaction.atomic
def write_briefing(briefing_id: int, *, by: Actor, now: dt.datetime) -> bytes:
    """Four sheets: figures, registrations, attendance, questions. On record, for it names people."""
    briefing = briefing_to_work(briefing_id, by)
    record("briefing.export", briefing, by=by, now=now)
    stream = io.BytesIO()
    with workbook(stream, {**STREAMED, "in_memory": True}) as book:
        for title, head, rows in _sheets(briefing):
            sheet, bold = book.add_worksheet(title), book.add_format(HEAD)
            sheet.set_column(0, len(head) - 1, 24)
            for column, name in enumerate(head):
                sheet.write_string(0, column, name, bold)
            for line, cells in enumerate(rows, 1):
                for column, cell in enumerate(cells):
                    sheet.write_string(line, column, "" if cell is None else str(cell))
    return stream.getvalue()


def _sheets(briefing: Briefing) -> list[tuple[str, Sequence[str], Rows]]:
    found = figures_of([briefing.pk])[briefing.pk]
    figures = [
        (_("宣讲"), briefing.title), (_("开始"), moment(briefing.starts_at)), (_("报名企业"), found.registered),
        (_("到会企业"), found.firms), (_("到会人次"), found.people), (_("只看回放的企业"), found.replay_firms),
        (_("提问"), found.questions), (_("已答复"), found.answered), (_("已转办"), found.cases), (_("未答复"), found.waiting),
    ]  # fmt: skip
    booked = [(one.subject.name, one.attendee, moment(one.registered_at)) for one in registered_of(briefing)]
    there = [
        (one.subject.name, one.subject.uscc or one.subject.local_number, one.person, one.get_how_display(), moment(one.at))
        for one in attended_of(briefing)
    ]
    asked = briefing.questions.select_related("subject", "case").order_by("pk")
    return [
        (_("概况"), (_("项目"), _("内容")), figures),
        (_("报名"), (_("企业名称"), _("参会人"), _("报名时间")), booked),
        (_("到会"), (_("企业名称"), _("统一社会信用代码"), _("参会人"), _("到会方式"), _("时间")), there),
        (
            _("提问"),
            (_("企业名称"), _("提问人"), _("问题"), _("提问时间"), _("答复"), _("答复人"), _("转办事项")),
            [_asked(one) for one in asked],
        ),
    ]


def _asked(one: Question) -> tuple[object, ...]:
    firm = one.subject.name if one.subject else ""
    number = one.case.number if one.case else ""
    return firm, one.asked_name, one.text, moment(one.asked_at), one.answer, one.answered_name, number
