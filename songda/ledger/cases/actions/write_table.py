"""The ledger as the classic table 台账表. Text stays text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.engines.clocks.reading import Lamp
from songda.kernel.placing import placed
from songda.kernel.workbooks import HEAD, STREAMED, moment, workbook
from songda.ledger.cases.models import Case, CaseStep, Word
from songda.ledger.cases.queries.listing import RELATED, lamp_of
from songda.ledger.cases.queries.words import Labels, labels
from songda.ledger.cases.rules.columns import OUT
from songda.ledger.cases.states import MACHINES

CHUNK = 1000
WIDTHS = {"企业名称": 28, "事项": 30, "具体内容": 40, "最近进展": 36, "编号": 16}
TOLD = ("progress", "propose", "solve_on_spot", "decline", "report")
LAMPS = {Lamp.RED: "超期", Lamp.YELLOW: "预警", Lamp.BLUE: "提醒", Lamp.GREEN: "正常", Lamp.NONE: "未计时"}


def write_ledger(target: Path, cases: QuerySet[Case], *, now: dt.datetime) -> int:
    """The cases as the classic ledger table; how many rows. Read and written a thousand at a time: memory does not grow."""
    known, count = labels(), 0
    with placed(target) as beside, workbook(str(beside), STREAMED) as book:
        sheet = book.add_worksheet(_("台账"))
        head = book.add_format({**HEAD, "border": 1, "valign": "vcenter"})
        for column, title in enumerate(OUT):
            sheet.set_column(column, column, WIDTHS.get(title, 13))
        for column, title in enumerate(OUT):
            sheet.write_string(0, column, title, head)
        for chunk in chunks(cases):
            for cells in rows_of(chunk, known, now):
                count += 1
                sheet.write_number(count, 0, count)
                for column, text in enumerate(cells, 1):
                    sheet.write_string(count, column, text)
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, max(count, 1), len(OUT) - 1)
    return count


def chunks(cases: QuerySet[Case]) -> Iterator[list[Case]]:
    """The cases in their order, by their numbers first, so that each chunk is one query of a thousand keys."""
    keys = list(cases.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        found = Case.objects.select_related(*RELATED).in_bulk(keys[start : start + CHUNK])
        yield [found[key] for key in keys[start : start + CHUNK] if key in found]


def rows_of(cases: Sequence[Case], known: Labels, now: dt.datetime) -> Iterator[tuple[str, ...]]:
    """The cells of each case, without the running number. Two queries a chunk."""
    keys = [one.pk for one in cases]
    steps = CaseStep.objects.filter(case__in=keys, step__in=TOLD).order_by("seq")
    latest = {one.case_id: one for one in steps.only("case", "at", "note", "told")}
    words = {one.case_id: one for one in Word.objects.filter(case__in=keys).order_by("cycle")}
    for case in cases:
        yield (*_of_the_matter(case, known), *_of_its_course(case, latest, now), *_of_its_end(case, words))


def _of_the_matter(case: Case, known: Labels) -> tuple[str, ...]:
    return (
        case.number, case.subject.name if case.subject else "", known.area(case.area_path), case.kind.label,
        known.categories.get(case.category, case.category), case.title, case.text, case.get_origin_display(),
        known.channels.get(case.channel, case.channel), moment(case.opened_at), case.get_difficulty_display(),
    )  # fmt: skip


def _of_its_course(case: Case, latest: Mapping[int, CaseStep], now: dt.datetime) -> tuple[str, ...]:
    step = latest.get(case.pk)
    return (
        str(case.lead or ""), case.holder.person.name if case.holder else "", str(MACHINES[case.machine].states[case.state]),
        moment(case.due_at), LAMPS[lamp_of(case, now)] if case.open else "", (step.told or step.note) if step else "",
        moment(step.at if step else None),
    )  # fmt: skip


def _of_its_end(case: Case, words: Mapping[int, Word]) -> tuple[str, ...]:
    word = words.get(case.pk)
    said = f"{word.get_answer_display()} {word.get_grade_display()}".strip() if word else ""
    return moment(case.closed_at), case.get_outcome_display(), said
