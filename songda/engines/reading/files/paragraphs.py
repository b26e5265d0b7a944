"""Paragraphs out of printed lines 段落: wrapped lines joined, also over pages and columns.

What tells a new paragraph: an indent, a wider gap, another size, a numbering label, or room left on the line before. Which of these a
document uses is measured first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from songda.engines.reading.files.page_lines import PrintedLine, between
from songda.engines.reading.files.running_heads import PageSize, without_running
from songda.engines.reading.language.lines import label_at
from songda.engines.reading.language.numerals import shadow

# In sizes of the letters:
_INDENT = 0.8
_ALIGNED = 0.5
_SLACK = 0.6
_WIDE_SLACK = 2.6  # where something else says that the line goes on
_TITLE_GAP = 2.4
_LARGE = 1.15  # of the usual size
_WIDER = 1.2  # of the usual distance of lines
_OTHER_SIZE = 0.15
_SOME = 0.05  # of the lines
_ENDS = frozenset("。；：！？;:!?")
_CLOSERS = frozenset("，。；：、！？）》”’】」』〕")
_OPENERS = frozenset("（《“‘【〔「『")
_TOKEN = re.compile(r"[（《“‘【〔「『]*(?:[!-~]+|.)[，。；：、！？）》”’】〕%％]*", re.DOTALL)
_FULL = 0.9  # the share of lines that end before the right edge of the text


@dataclass(frozen=True, slots=True)
class _Frame:
    """The edges of the text, the usual distance of lines in sizes, the usual size, and how paragraphs are told."""

    left: float = 0
    right: float = 0
    leading: float = 0
    size: float = 0
    indented: bool = False
    spaced: bool = False


def paragraphs(pages: list[list[PrintedLine]], sizes: list[PageSize]) -> list[str]:
    """The paragraphs of a document in order, without running heads and page numbers; rows of tables one each."""
    kept = _in_one_column(without_running(pages, sizes), sizes)
    frame = _frame(kept)
    found: list[list[PrintedLine]] = []
    for line in (line for page in kept for line in page):
        if found and _goes_on(found[-1], line, frame):
            found[-1].append(line)
        else:
            found.append([line])
    return [_text(lines) for lines in found]


def _text(lines: list[PrintedLine]) -> str:
    marks = [between(first.text, second.text) for first, second in pairwise(lines)]
    return lines[0].text + "".join(mark + line.text for mark, line in zip(marks, lines[1:], strict=True))


def _in_one_column(pages: list[list[PrintedLine]], sizes: list[PageSize]) -> list[list[PrintedLine]]:
    """Pages in two columns as if the right column stood below the left one."""
    middles = [size.width / 2 for size in sizes]
    sides = [(line, line.left >= middle) for page, middle in zip(pages, middles, strict=True) for line in page]
    halved = [(line, right) for (line, right) in sides if right or line.right <= middles[line.page]]
    rights = [line for line, right in halved if right and line.right - line.left > 0.3 * middles[line.page]]
    lefts = [line for line, right in halved if not right and line.right - line.left > 0.3 * middles[line.page]]
    if len(rights) < 0.25 * len(sides) or len(lefts) < 0.25 * len(sides) or len(sides) < 8:
        return pages
    move = min(line.left for line in rights) - min(line.left for line in lefts)
    return [
        [replace(line, left=line.left - move, right=line.right - move) if line.left >= middle else line for line in page]
        for page, middle in zip(pages, middles, strict=True)
    ]


def _frame(pages: list[list[PrintedLine]]) -> _Frame:
    lines = [line for page in pages for line in page if line.cells == 1 and len(line.text) > 1]
    if not lines:
        return _Frame()
    size = median(line.size for line in lines)
    right = sorted(line.right for line in lines)[int(len(lines) * _FULL)]
    left = _left_edge([line for line in lines if line.text[0] not in _OPENERS], size)
    gaps = sorted(gap for page in pages for one, two in pairwise(page) if 0 < (gap := _gap(one, two)) < 4)
    leading = gaps[len(gaps) // 5] if gaps else 0
    indents = sum(1 for line in lines if 1.2 * size < line.left - left < 3 * size)
    return _Frame(
        left=left,
        right=right,
        leading=leading,
        size=size,
        indented=indents >= max(1, _SOME * len(lines)),
        spaced=sum(1 for gap in gaps if gap > _WIDER * leading) > max(2, _SOME * len(gaps)),
    )


def _left_edge(lines: list[PrintedLine], size: float) -> float:
    """The leftmost place where several lines begin. (Brackets at the head of a line hang out of it.)"""
    places = Counter(round(2 * line.left / size) for line in lines)
    often = [place for place, times in places.items() if times >= max(2, _SOME * len(lines))] or list(places)
    edge = min(often, default=0)
    return min((line.left for line in lines if round(2 * line.left / size) == edge), default=0.0)


def _gap(one: PrintedLine, two: PrintedLine) -> float:
    """The distance of two lines of text on a page, in sizes; nought where they are none."""
    plain = one.page == two.page and one.cells == two.cells == 1 and not _differ(one, two)
    return (two.down - one.down) / one.size if plain else 0.0


def _differ(one: PrintedLine, two: PrintedLine) -> bool:
    return abs(one.size - two.size) > _OTHER_SIZE * one.size


def _goes_on(held: list[PrintedLine], line: PrintedLine, frame: _Frame) -> bool:
    """Is `line` the continuation of the paragraph that has the lines `held`?"""
    before = held[-1]
    if before.cells > 1 or line.cells > 1 or _differ(before, line):
        return False
    if line.text[0] in _CLOSERS or _is_title_over_lines(before, line, frame):
        return True
    if _gap(before, line) > _WIDER * max(frame.leading, 1) or not _stands_below(held, line, frame):
        return False
    ended = before.text[-1] in _ENDS
    told = (frame.indented or frame.spaced) and not ended
    if _labelled(line) and not told:
        return False
    return _is_full(before, line, frame, wide=told or (frame.spaced and before.page == line.page))


def _is_title_over_lines(before: PrintedLine, line: PrintedLine, frame: _Frame) -> bool:
    """Two centred lines in large letters, close together, are one title."""
    large = line.size > _LARGE * frame.size
    near = before.page == line.page and 0 < line.down - before.down < _TITLE_GAP * line.size
    return large and near and all(abs(one.left + one.right - frame.left - frame.right) < 2 * one.size for one in (before, line))


def _stands_below(held: list[PrintedLine], line: PrintedLine, frame: _Frame) -> bool:
    """Does the line begin where lines of the paragraph do: at the edge, below its second line, or hanging after its number?"""
    first, before = held[0], held[-1]
    if line.left < frame.left + _INDENT * line.size:
        return True
    if len(held) > 1:
        return abs(line.left - before.left) < _ALIGNED * line.size
    hangs = line.left > first.left + _ALIGNED * line.size and _labelled(first)
    return hangs and not (frame.indented and first.text[-1] in _ENDS)


def _is_full(before: PrintedLine, line: PrintedLine, frame: _Frame, *, wide: bool) -> bool:
    """Was there no room for the first word of `line`?"""
    token = _TOKEN.match(line.text)
    width = sum(
        line.size * (0.5 if sign.isascii() else 0 if sign in _CLOSERS else 1) for sign in (token.group() if token else "")
    )
    return before.right + width + (_WIDE_SLACK if wide else _SLACK) * line.size >= frame.right


def _labelled(line: PrintedLine) -> bool:
    plain = shadow(line.text)
    return label_at(plain, 0, len(plain)) is not None
