"""A piece in print 排印: red head, numbered sections, marks on the numbers, the list of notes, signature and imprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from songda.engines.printing import Align, Block, Form, Heading, Imprint, Paper, Paragraph, Run, Signed, Table, numbered
from songda.office.bulletins.rules import rendering
from songda.office.bulletins.rules.frozen import sections_in, title_in
from songda.office.bulletins.rules.rendering import plain

NOTES = "数据来源与口径"
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the text, as it shall be read. `byline` of a news item: 本报讯, who wrote it; `draft`: not yet numbered."""

    unit: str
    date: str
    masthead: str = ""
    number: str = ""
    copies_to: str = ""
    kicker: str = ""
    byline: str = ""
    restated: str = ""
    stamp: str = ""


def printed(head: Head, content: Mapping[str, Any]) -> Paper:
    """The document tree of frozen content."""
    return Paper(
        plain(title_in(content)), tuple(_blocks(head, content)), head.unit, head.number, head.date,
        Form.BULLETIN if head.masthead else Form.PLAIN, head.masthead, head.stamp,
    )  # fmt: skip


def _blocks(head: Head, content: Mapping[str, Any]) -> Iterator[Block]:
    if head.kicker:
        yield Paragraph(head.kicker, indent=False)
    if head.restated:
        yield Paragraph(head.restated)
    marks = {note["token"]: note["number"] for note in content["notes"]}
    sections = sections_in(content)
    headed: list[Block] = []
    for section in sections:
        if section.heading:
            headed.append(Heading(section.heading))
        headed += [Paragraph(_runs(line, marks)) for line in section.paragraphs]
    yield from numbered(headed) if sum(bool(one.heading) for one in sections) >= _SHORTEST else headed
    if head.byline:
        yield Paragraph(f"（{head.byline}）")
    yield Signed(head.unit, head.date)
    yield from _notes(content)
    if head.masthead:
        yield Imprint(head.unit, head.date, head.copies_to)


def _runs(line: rendering.Paragraph, marks: Mapping[str, int]) -> tuple[Run, ...]:
    found = []
    for part in line:
        found.append(Run(part.text))
        if part.token in marks:
            found.append(Run(f"[{marks[part.token]}]", raised=True))
    return tuple(found)


def _notes(content: Mapping[str, Any]) -> Iterator[Block]:
    rows = tuple(
        (f"[{note['number']}]", f"{note['label']}{note['text']}", note["origin"], "；".join(note["lines"]))
        for note in content["notes"]
    )
    if rows:
        yield Heading(NOTES, listed=False)
        yield Table(
            ("注", "数", "来历", "口径、时点、来源"),
            rows,
            widths=(2, 9, 3, 20),
            aligns=(Align.CENTRE, Align.LEFT, Align.CENTRE, Align.LEFT),
        )
    if content["warnings"]:
        yield Heading("需要说明的情况", listed=False)
        yield from (Paragraph(one) for one in content["warnings"])
