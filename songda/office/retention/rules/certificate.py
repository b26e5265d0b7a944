"""The certificate of destruction 销毁清册: what was on the list, told without its content, and the paper that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from songda.engines.printing import Block, Form, Heading, Paper, Paragraph, Signed, Table

SERIES: Final = "销毁〔{year}〕{{n}}号"
HEAD: Final = ("门类", "保管期限", "处置", "件数", "起", "止", "未执行")
GROUP: Final = 8


@dataclass(frozen=True, slots=True)
class Told:
    """The certificate's words. `lines`: a row of `HEAD` a holding; `tables`: (holding, table, rows) below them."""

    number: str
    unit: str
    as_of: str
    reason: str
    proposed: str
    approved: str
    done: str
    date: str
    lines: Sequence[Sequence[str]]
    tables: Sequence[Sequence[str]]
    bases: Sequence[tuple[str, str]]
    digests: Sequence[tuple[str, str]]
    files: int
    digest: str
    stamp: str = ""


def digest_of(keys: Iterable[int]) -> str:
    """SHA-256 over the keys in ascending order, each as a decimal number with a line feed."""
    total = hashlib.sha256()
    for key in sorted(keys):
        total.update(f"{key}\n".encode())
    return total.hexdigest()


def digest_of_lines(lines: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over (holding, digest of its keys) in the order of holdings: one digest for the whole certificate."""
    return hashlib.sha256("".join(f"{code} {digest}\n" for code, digest in sorted(lines)).encode()).hexdigest()


def grouped(digest: str) -> str:
    """A digest in groups, so that a line can be broken between them."""
    return " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP))


def series_of(year: int) -> str:
    """The series of a year's certificates."""
    return SERIES.format(year=year)


def printed(told: Told) -> Paper:
    """The certificate as a paper."""
    return Paper("电子档案销毁证明", tuple(blocks(told)), told.unit, told.number, told.date, Form.PLAIN, "", told.stamp)


def blocks(told: Told) -> Iterable[Block]:
    """What it says, in order."""
    yield Paragraph(f"经鉴定，下列电子档案截至{told.as_of}保管期限已满，按规定处置完毕。")
    yield Paragraph(f"事由：{told.reason}")
    yield Heading("一、处置清册")
    yield Table(HEAD, tuple(tuple(row) for row in told.lines), widths=(5, 3, 3, 2, 4, 4, 2))
    yield Heading("二、涉及的数据表")
    yield Table(("门类", "数据表", "行数"), tuple(tuple(row) for row in told.tables), widths=(3, 5, 2))
    yield Paragraph(f"从文件库中移除文件 {told.files} 个（与其他记录共用的文件保留）。")
    yield Heading("三、依据")
    yield from (Paragraph(f"{label}：{basis}") for label, basis in told.bases)
    yield Heading("四、经手")
    for words in (f"提出：{told.proposed}", f"批准：{told.approved}", f"执行：{told.done}"):
        yield Paragraph(words, indent=False)
    yield Heading("五、核验")
    yield Paragraph(f"本证明摘要：{grouped(told.digest)}", indent=False)
    for label, digest in told.digests:
        yield Paragraph(f"{label}清单摘要：{grouped(digest)}", indent=False)
    yield Paragraph(
        "摘要是各件编号的 SHA-256。清单逐件编号保存在系统内，可随时以“songda retention verify 编号”核验：所列各件均已不存在或已去标识。"
    )
    yield Paragraph("处置之前的备份在其保存期内仍含有所列内容；从这些备份恢复后，须重做本清册的处置。")
    yield Signed(told.unit, told.date)
