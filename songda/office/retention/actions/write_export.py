"""Writing one firm's data 写出企业数据包: a workbook, the same as JSON lines, the files, a README and a manifest of digests."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Worksheet

from songda.deliveries.policy.matching.queries import FirmVerdict, verdicts_for
from songda.engines.rules.verdict import Used
from songda.kernel import clock
from songda.kernel.workbooks import HEAD, STREAMED, moment, workbook
from songda.ledger.evidence.queries import store
from songda.ledger.evidence.rules.traces import without_traces
from songda.office.retention.queries.firm_rows import Taken, in_cell, in_line, rows_for, taken
from songda.office.retention.rules.sheets import SHEETS
from songda.registry.subjects.queries import standing_under

WIDTH, LONGEST_NAME = 18, 31
VERDICTS = ("措施", "判定", "预计金额（元）", "理由", "需改变的条件", "申报截止")
FIRST = 1  # the row of headings; above it stands the mark of the request


@dataclass
class Package:
    """A package being written: the archive, the digest of every part, rows by table, what could not be taken along."""

    archive: zipfile.ZipFile
    mark: str
    digests: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)

    def put(self, name: str, data: bytes) -> None:
        """One part."""
        self.digests[name] = hashlib.sha256(data).hexdigest()
        self.archive.writestr(name, data)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows and files."""

    rows: int
    files: int


def write_package(place: IO[bytes], subject_id: int, *, mark: str, stamp: str, now: dt.datetime) -> Written:
    """Everything the house keeps of one firm and may give it, as a zip. `mark` stands on every sheet, `stamp` where it is invented."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        package = Package(archive, " · ".join(filter(None, (stamp, mark))))
        package.put("data.xlsx", tables(package, subject_id, now))
        files = put_files(package, subject_id)
        package.put("README.txt", readme(package, now).encode())
        told = {"as_of": now.isoformat(), "mark": package.mark, "rows": package.counts, "sha256": package.digests}
        archive.writestr("manifest.json", json.dumps(told, ensure_ascii=False, indent=1))
    return Written(sum(package.counts.values()), files)


def tables(package: Package, subject_id: int, now: dt.datetime) -> bytes:
    """The workbook; tables with rows also go out as JSON lines."""
    stream = io.BytesIO()
    with workbook(stream, STREAMED) as book:
        head, used = book.add_format(HEAD), set[str]()
        for one in taken(subject_id):
            sheet = book.add_worksheet(sheet_name(one.label, used))
            lines = put_table(sheet, head, package.mark, one)
            package.counts[one.label] = package.counts.get(one.label, 0) + len(lines)
            if lines:
                package.put(f"data/{one.sheet.model}.jsonl", ("\n".join(lines) + "\n").encode())
        put_verdicts(
            book.add_worksheet(sheet_name(_("政策判定"), used)), head, package, verdicts_for(subject_id, on=clock.day_of(now))
        )
    return stream.getvalue()


def sheet_name(label: str, used: set[str]) -> str:
    """A name that Excel takes and no other sheet has."""
    name, number = label[:LONGEST_NAME], 2
    while name in used:
        name, number = f"{label[: LONGEST_NAME - 2]}{number}", number + 1
    used.add(name)
    return name


def put_head(sheet: Worksheet, head: object, mark: str, titles: Sequence[str]) -> None:
    """The mark of the request, the headings."""
    sheet.set_column(0, max(len(titles) - 1, 0), WIDTH)
    sheet.write_string(0, 0, mark)
    for column, title in enumerate(titles):
        sheet.write_string(FIRST, column, title, head)
    sheet.set_footer(f"&L{mark}&R&P / &N")


def put_table(sheet: Worksheet, head: object, mark: str, one: Taken) -> list[str]:
    """A table's rows on its sheet; the same as lines of JSON."""
    put_head(sheet, head, mark, [column.heading for column in one.columns])
    lines = []
    for number, row in enumerate(one.rows(), FIRST + 1):
        for column, value in enumerate(row):
            sheet.write_string(number, column, in_cell(value))
        lines.append(in_line(one, row))
    return lines


def put_verdicts(sheet: Worksheet, head: object, package: Package, verdicts: Sequence[FirmVerdict]) -> None:
    """What fits the firm, and why, as its own page says it today."""
    put_head(sheet, head, package.mark, VERDICTS)
    lines = []
    for number, one in enumerate(verdicts, FIRST + 1):
        row = told_verdict(one)
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
        lines.append(json.dumps(dict(zip(VERDICTS, row, strict=True)), ensure_ascii=False))
    package.counts[_("政策判定")] = len(lines)
    if lines:
        package.put("data/verdicts.jsonl", ("\n".join(lines) + "\n").encode())


def told_verdict(one: FirmVerdict) -> tuple[str, ...]:
    """A verdict in words: each condition with its answer and the values it stood on."""
    reasons = "；".join(f"{reason.text}：{reason.answer.value}{values_of(reason.used)}" for reason in one.verdict.reasons)
    changes = "；".join(f"{change.name}：{change.now} → {change.needed}" for change in one.verdict.changes)
    amount = "" if one.fen is None else f"{one.fen // 100}.{one.fen % 100:02d}"
    closes = one.version.closes_on.isoformat() if one.version.closes_on else ""
    return one.version.title, one.answer.value, amount, reasons, changes, closes


def values_of(used: Iterable[Used]) -> str:
    """The values a condition looked at, with their day and source."""
    told = [f"{one.name} {one.value}".strip() for one in used]
    return f"（{'，'.join(told)}）" if told else ""


def put_files(package: Package, subject_id: int) -> int:
    """The files of the firm's evidence, photographs without their traces; how many. A damaged one is named in the README."""
    sheet = next(one for one in SHEETS if one.model == "evidence.Evidence")
    rows = rows_for(sheet, standing_under(subject_id)).values_list("pk", "name", "file__digest")
    count = 0
    for key, name, digest in rows:
        data = store().read(digest)
        if data is None:
            package.lacking.append(f"{key} {name}")
            continue
        package.put(f"files/{key:06d}-{Path(name).name}", without_traces(data))
        count += 1
    return count


def readme(package: Package, now: dt.datetime) -> str:
    """What is in the package, as of when, and what is not."""
    counts = [f"  {label}：{count}" for label, count in package.counts.items() if count]
    lacking = [_("以下文件在库中缺失或损坏，未能附上："), *(f"  {one}" for one in package.lacking)] if package.lacking else []
    lines = [
        _("企业数据导出"),
        package.mark,
        _("截至 %(moment)s") % {"moment": moment(now)},
        "",
        f"data.xlsx：{_('每类数据一张表，首行为申请编号。')}",
        f"data/*.jsonl：{_('同样的数据，每行一条，时间为世界时。')}",
        f"files/：{_('本企业的凭证文件，照片已去除拍摄信息。')}",
        f"manifest.json：{_('各文件的摘要与行数。')}",
        _("不含：机关人员姓名（以单位和职务代替）、他人的个人信息、机关内部研究过程、公开发布的政策原文。"),
        "",
        _("行数："),
        *counts,
        *lacking,
    ]
    return "\n".join(lines) + "\n"
