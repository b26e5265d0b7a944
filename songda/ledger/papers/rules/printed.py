"""A paper in print 排印: its kind decides the head, its fields become pairs and sections, a list its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from songda.engines.printing import Align, Block, Form, Heading, Paper, Paragraph, Signed, Table, numbered, paragraphs
from songda.ledger.papers.rules.kinds import PaperKind, places_in
from songda.ledger.papers.rules.list_sources import ListRows

FORMS = {"document": Form.DOCUMENT, "bulletin": Form.BULLETIN}


@dataclass(frozen=True, slots=True)
class Content:
    """What is printed: all words as they shall be read. `as_of` and `digest` belong to a list."""

    title: str
    unit: str
    number: str
    date: str
    fields: Mapping[str, str]
    firm: str = ""
    stamp: str = ""
    rows: ListRows | None = None
    as_of: str = ""
    digest: str = ""


def printed(kind: PaperKind, content: Content) -> Paper:
    """The document tree."""
    form = FORMS.get(kind.sort, Form.PLAIN)
    masthead = {"document": f"{content.unit}文件", "bulletin": kind.label}.get(kind.sort, "")
    return Paper(
        content.title, tuple(_blocks(kind, content)), content.unit, content.number, content.date, form, masthead, content.stamp
    )


def _blocks(kind: PaperKind, content: Content) -> Iterator[Block]:
    if kind.sort not in FORMS:
        yield Paragraph(content.number, indent=False, align=Align.CENTRE)
    pairs = [(one.label, content.fields[one.key]) for one in kind.fields if one.shape == "line" and content.fields.get(one.key)]
    used = {one.label for one in kind.fields if one.key in places_in(kind.title)}
    if content.firm and not kind.title.count("{firm}"):
        yield Paragraph(f"企业：{content.firm}", indent=False)
    for label, words in pairs:
        if label not in used:
            yield Paragraph(f"{label}：{words}", indent=False)
    yield from numbered(_sections(kind, content))
    if content.rows is not None:
        yield from _list(content.rows, content)
    yield Signed(content.unit, content.date)


def _sections(kind: PaperKind, content: Content) -> Iterator[Block]:
    """The long fields that say something; a single one needs no heading."""
    said = [(one.label, content.fields[one.key]) for one in kind.fields if one.shape == "section" and content.fields.get(one.key)]
    for label, text in said:
        if len(said) > 1:
            yield Heading(label)
        yield from paragraphs(text)


def _list(rows: ListRows, content: Content) -> Iterator[Block]:
    yield Paragraph(f"截至{content.as_of}，共{len(rows.rows)}项。", indent=False)
    if rows.rows:
        lines = tuple((str(at), *row) for at, row in enumerate(rows.rows, 1))
        yield Table(("序号", *rows.head), lines, widths=(1, *(rows.widths or (3,) * len(rows.head))))
    if content.digest:
        yield Paragraph(f"清单摘要（SHA-256）：{content.digest[:16]}", indent=False)
