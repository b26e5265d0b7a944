"""Levels 层级: which numbering style of a text carries its articles, and which styles stand as headings above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from songda.engines.reading.language.headings import is_annex
from songda.engines.reading.language.lines import Line, Style

_LONGEST_HEADING = 45
_FEWEST_INNER = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """The style of the articles and the styles of the headings above them."""

    articles: Style
    headings: frozenset[Style]

    def heads(self, line: Line) -> bool:
        """Is the line one of the headings?"""
        return line.label is not None and line.label.style in self.headings


def plan_of(text: str, lines: tuple[Line, ...]) -> Plan | None:
    """The plan of a text; None where nothing is numbered."""
    counts = Counter(line.label.style for line in lines if line.label)
    if counts[Style.CLAUSE] > 1:
        above = (Style.CHAPTER, Style.HAN, Style.HAN_BRACKET)
        return Plan(Style.CLAUSE, frozenset(style for style in above if _stands_above(text, lines, style)))
    ranked = [style for style in Style if Style.CLAUSE < style <= Style.TOPIC and counts[style] > 1]
    if not ranked:
        inner = next((style for style in Style if style > Style.TOPIC and counts[style] > _FEWEST_INNER), None)
        return Plan(inner, frozenset()) if inner else None
    return _deepest(text, lines, ranked)


def runs_through(text: str, lines: tuple[Line, ...], style: Style) -> bool:
    """Does the numbering of `style` go on across the headings above it? It may begin anew in the annex 附则."""
    carried = last = 0
    heading = False
    for line in lines:
        if not line.label or line.label.style > style:
            continue
        if line.label.style is not style:
            heading = True
            last = 0 if is_annex(line.said(text)) else last
            continue
        if heading and last and line.label.number == 1:
            return False
        carried += heading and last > 0 and line.label.number > last
        last, heading = line.label.number, False
    return carried > 0


def is_heading(text: str, line: Line) -> bool:
    """Is the line short, and one phrase?"""
    said = line.of(text).rstrip("。")
    return len(said) <= _LONGEST_HEADING and not re.search(r"[。；;]", said)


def _deepest(text: str, lines: tuple[Line, ...], ranked: list[Style]) -> Plan:
    """The deepest style that runs through, else the one below plain headings, else the outermost."""
    for style in reversed(ranked[1:]):
        restarts = style is ranked[1] and _under_plain_headings(text, lines, ranked[0], style)
        if (restarts and _counts_well(lines, style)) or runs_through(text, lines, style):
            return Plan(style, frozenset(other for other in Style if other < style))
    return Plan(ranked[0], frozenset({Style.CHAPTER}))


def _stands_above(text: str, lines: tuple[Line, ...], style: Style) -> bool:
    """一、 stands above 第X条 when most of its lines are headings with an article or another heading straight below, not text."""
    below = {Style.CHAPTER, Style.CLAUSE} if style is Style.CHAPTER else {Style.CLAUSE, Style.HAN_BRACKET} - {style}
    heads = [(line, after.label) for line, after in pairwise(lines) if line.label and line.label.style is style]
    plain = sum(1 for line, after in heads if after and after.style in below and is_heading(text, line))
    return 2 * plain > len(heads)


def _under_plain_headings(text: str, lines: tuple[Line, ...], above: Style, style: Style) -> bool:
    """Are most lines of `above` short headings with lines of `style` straight below?"""
    heads = [(line, after) for line, after in pairwise(lines) if line.label and line.label.style is above]
    plain = sum(1 for line, after in heads if is_heading(text, line) and after.label is not None and after.label.style is style)
    below = sum(1 for line in lines if line.label and line.label.style is style)
    return 2 * plain > len(heads) or (plain > 0 and below > 2 * len(heads))


def _counts_well(lines: tuple[Line, ...], style: Style) -> bool:
    """Do most numbers of `style` begin at one or follow the one before? Cells of a table that lost its lines do not."""
    numbers = list(_numbers(lines, style))
    good = sum(1 for before, number in pairwise([0, *numbers]) if number == 1 or number == before + 1)
    begun = sum(1 for number in numbers if number == 1)
    falls = sum(1 for before, number in pairwise(numbers) if number <= before)
    return 2 * good > len(numbers) and 2 * begun >= falls


def _numbers(lines: tuple[Line, ...], style: Style) -> Iterator[int]:
    return (line.label.number for line in lines if line.label and line.label.style is style)
