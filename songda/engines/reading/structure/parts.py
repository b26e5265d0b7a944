"""Parts 部分 of a text whose numbers are not its articles' (contents, lists of attachments, attachments), and headings without a number."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from songda.engines.reading.language.field_words import LABEL
from songda.engines.reading.language.headings import is_annex
from songda.engines.reading.language.lines import Label, Line, Style

_LISTED = re.compile(r"附\s*(?:件|表)\s*\d{0,2}\s*(?::|$|\d)")
_ATTACHED = re.compile(r"附\s*(?:件|表|录)\s*(?:[\d一二三四五六七八九十]{1,2}|\([\d一二三四五六七八九十]{1,2}\))?\s*:?")
_QUESTION = re.compile(r"(?:问|Q)\s*\d{0,2}\s*[:、.]")
_CONTENTS = re.compile(r"目\s*[录次]")
_LEADERS = re.compile(r"[\s.…·\-]*\d{0,3}\s*$")
_POLICY = re.compile(r"(?:措施|办法|政策|意见|细则|规定|方案|条例|计划|若干条|条)(?:\([^)]{1,12}\))?$")
_LONGEST_LISTED, _LONGEST_PLAIN = 60, 30
_FEWEST, _FEWEST_BARE = 2, 3
_LABEL = re.compile(LABEL)
_TITLE_LINES = 4


def main_lines(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the labels that can carry articles; headings without a number get the label of a chapter, number 0."""
    lines = _without_contents(text, _without_lists(text, lines))
    begin, end = _main_part(text, lines)
    kept = tuple(line if begin <= at < end else replace(line, label=None) for at, line in enumerate(lines))
    return _with_questions(text, _with_topics(_with_plain_headings(text, kept, end)))


def _with_questions(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """问：… 答：… without numbers: each question begins an article, counted in order."""
    asked = {at: match.end() for at, line in enumerate(lines) if (match := _QUESTION.match(line.plain(text)))}
    if len(asked) < _FEWEST:
        return lines
    found = list(lines)
    for number, (at, length) in enumerate(asked.items(), start=1):
        start = lines[at].start
        found[at] = replace(lines[at], label=Label(Style.CLAUSE, number, start, start + length))
    return tuple(found)


def _without_lists(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    # A list of attachments looks like articles: "附件：1.…" and the numbered short lines after it.
    listing = False
    found: list[Line] = []
    for line in lines:
        said = line.plain(text)
        if _LISTED.match(said):
            listing = not _ATTACHED.fullmatch(said) or said.endswith(":")
        elif not line.label or line.end - line.start > _LONGEST_LISTED or said.endswith("。"):
            listing = False
        found.append(replace(line, label=None) if listing else line)
    return tuple(found)


def _without_contents(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A table of contents runs from 目录 to where its first line comes again."""
    at = next((at for at, line in enumerate(lines) if _CONTENTS.fullmatch(line.of(text))), None)
    if at is None or at + 1 >= len(lines):
        return lines
    first = _entry(text, lines[at + 1])
    again = next((later for later in range(at + 2, len(lines)) if _entry(text, lines[later]) == first), None)
    if again is None:
        return lines
    return (*lines[: at + 1], *(replace(line, label=None) for line in lines[at + 1 : again]), *lines[again:])


def _entry(text: str, line: Line) -> str:
    return re.sub(r"\s", "", _LEADERS.sub("", line.of(text)))


def _main_part(text: str, lines: tuple[Line, ...]) -> tuple[int, int]:
    """Where the part with the articles begins and ends: attachments 附件 with numbering of their own are left out,
    unless what stands before them is a notice and the attachment is the policy."""
    cuts = [at for at, line in enumerate(lines) if _ATTACHED.fullmatch(line.plain(text))]
    bounds = [0, *cuts, len(lines)]
    parts = [(begin, end) for begin, end in pairwise(bounds) if _labels(lines[begin:end]) >= _FEWEST]
    if len(parts) < _FEWEST:
        return (0, parts[0][1]) if parts else (0, len(lines))
    policies = [part for part in parts[1:] if _is_policy(text, lines[slice(*part)])]
    richest = max(policies, key=lambda part: _labels(lines[slice(*part)]), default=None)
    if richest and _labels(lines[slice(*richest)]) > _labels(lines[slice(*parts[0])]):
        return richest
    return 0, parts[0][1]


def _labels(lines: tuple[Line, ...]) -> int:
    return sum(1 for line in lines if line.label and line.label.style <= Style.ARABIC)


def _is_policy(text: str, lines: tuple[Line, ...]) -> bool:
    """Does an attachment open with the title of a policy?"""
    return any(_POLICY.search(line.plain(text)) for line in lines[1 : 1 + _TITLE_LINES] if not line.label)


def _with_plain_headings(text: str, lines: tuple[Line, ...], end: int) -> tuple[Line, ...]:
    """附则, and short lines straight above numbering that starts again, are headings without a number."""
    found = list(lines)
    above: list[int] = []
    reached = 0
    for at, line in enumerate(lines[:end]):
        if line.label is None:
            if is_annex(line.of(text)):
                found[at] = _headed(line)
        elif line.label.style is Style.HAN:
            if line.label.number == 1 and at and _is_plain_heading(text, lines[at - 1]):
                above.append(at - 1)
            reached = max(reached, line.label.number)
    bare = [at for at, line in enumerate(lines[:end]) if line.label is None and _LABEL.fullmatch(line.plain(text))]
    if len(bare) >= _FEWEST_BARE:  # 申报条件, 申报程序 … each on a line of its own
        above = sorted({*above, *bare})
        reached = max(reached, _FEWEST_BARE)
    if len(above) > 1 and reached > 1:
        for at in above:
            found[at] = _headed(lines[at])
    return tuple(found)


def _headed(line: Line) -> Line:
    return replace(line, label=Label(Style.CHAPTER, 0, line.start, line.start))


def _is_plain_heading(text: str, line: Line) -> bool:
    said = line.plain(text)
    return line.label is None and len(said) <= _LONGEST_PLAIN and not re.search(r"[。;:，,]|\d{4}", said)


def _with_topics(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """方向1 stands below 1. where 1. comes first, else above it."""
    styles = [line.label.style for line in lines if line.label]
    first = next((style for style in styles if style in (Style.ARABIC, Style.DIRECTION)), None)
    if first is not Style.ARABIC or Style.DIRECTION not in styles:
        return lines
    return tuple(
        replace(line, label=replace(line.label, style=Style.TOPIC))
        if line.label and line.label.style is Style.DIRECTION
        else line
        for line in lines
    )
