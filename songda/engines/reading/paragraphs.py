"""Paragraphs out of printed lines 段落: running heads and page numbers dropped, wrapped lines joined, also over pages.

A line that leaves room for the next word ends its paragraph; an indented line, another size, a wider gap or a numbering label
begins one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from songda.engines.reading.lines import label_at
from songda.engines.reading.numerals import shadow
from songda.engines.reading.page_lines import PrintedLine, between

_EDGE = 3  # lines at the head and the foot of a page that may be running heads
_PAGE_NUMBER = re.compile(
    r"[\s—–―\-~·.•|/]*(?:第\s*)?(?:\d{1,4}|[ivxl]{1,6})\s*页?[\s—–―\-~·.•|/]*(?:[共/of]{1,2}\s*\d{1,4}\s*页?)?[\s—–―\-~·.•|]*"
)
_MARKED_NUMBER = re.compile(r"[—–―\-~·]\s*\d{1,4}\s*[—–―\-~·]|第\s*\d{1,4}\s*页.*")
_DIGITS = re.compile(r"\d+")
_ZONE = 0.12  # of a page's height, at its head and foot
_INDENT = 0.8  # sizes
_SLACK = 0.6  # sizes
_ENDS = "。；：！？;:!?"
_TOKEN = re.compile(r"[!-~]+|.[，。；：、！？）》”’】%％]*", re.DOTALL)
_CLOSERS = frozenset("，。；：、！？）》”’】」』")


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """The edges of the text of all pages, the usual distance of lines, and whether paragraphs are indented."""

    left: float
    right: float
    leading: float
    indented: bool


def paragraphs(pages: list[list[PrintedLine]], sizes: list[PageSize]) -> list[str]:
    """The paragraphs of a document in order."""
    kept = _without_running(pages, sizes)
    frame = _frame(kept)
    found: list[list[str]] = []
    before: PrintedLine | None = None
    for line in (line for page in kept for line in page):
        if before is not None and found and _goes_on(before, line, frame):
            found[-1] += (between(before.text, line.text), line.text)
        else:
            found.append([line.text])
        before = line
    return ["".join(pieces) for pieces in found]


def _without_running(pages: list[list[PrintedLine]], sizes: list[PageSize]) -> list[list[PrintedLine]]:
    """The pages without running heads, running feet and page numbers."""
    edges = [_edges(page, size) for page, size in zip(pages, sizes, strict=True)]
    places: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, page in enumerate(edges):
        for line in page:
            places[_running_key(line)].add(number)
    most = max(2, 0.3 * len(pages))
    return [
        [line for line in page if line not in edge or not (len(places[_running_key(line)]) >= most or _is_page_number(line))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: list[PrintedLine], size: PageSize) -> frozenset[PrintedLine]:
    ordered = sorted(page, key=lambda line: line.down)
    high = [line for line in ordered[:_EDGE] if line.down < _ZONE * size.height]
    low = [line for line in ordered[-_EDGE:] if line.down > (1 - _ZONE) * size.height]
    return frozenset((*high, *low))


def _running_key(line: PrintedLine) -> tuple[str, int]:
    return _DIGITS.sub("#", shadow(line.text)).strip(), round(line.down / max(line.size, 1))


def _is_page_number(line: PrintedLine) -> bool:
    said = shadow(line.text).strip()
    return bool(_MARKED_NUMBER.fullmatch(said) or _PAGE_NUMBER.fullmatch(said))


def _frame(pages: list[list[PrintedLine]]) -> _Frame:
    lines = [line for page in pages for line in page if line.cells == 1 and len(line.text) > 1]
    if not lines:
        return _Frame(0, 0, 0, indented=False)
    size = median(line.size for line in lines)
    rights = sorted(line.right for line in lines)
    full = rights[int(len(rights) * 0.9)] if len(rights) > 1 else rights[0]
    lefts = Counter(round(line.left / size) for line in lines if line.right > full - 3 * size)
    often = [edge for edge, times in lefts.items() if times >= max(2, 0.05 * len(lines))] or list(lefts)
    left = min(often, default=0) * size
    gaps = [
        gap
        for page in pages
        for one, two in pairwise(page)
        if one.cells == two.cells == 1 and 0 < (gap := two.down - one.down) < 4 * size
    ]
    begins = sum(1 for line in lines if 1.2 * size < line.left - left < 3 * size)
    return _Frame(left, full, median(gaps) if gaps else 0, indented=begins >= max(1, 0.05 * len(lines)))


def _goes_on(before: PrintedLine, line: PrintedLine, frame: _Frame) -> bool:
    """Is `line` the continuation of the paragraph that `before` stands in?"""
    if before.cells > 1 or line.cells > 1 or abs(before.size - line.size) > 0.15 * before.size:
        return False
    if line.text[0] in _CLOSERS:
        return True
    first = _TOKEN.match(line.text)
    width = _width(first.group() if first else "", line.size)
    if before.right + width + _SLACK * line.size < frame.right:
        return False  # there was room for more
    gap = line.down - before.down
    if before.page == line.page and frame.leading and gap > 1.45 * frame.leading:
        return False
    return not _begins(before, line, frame)


def _begins(before: PrintedLine, line: PrintedLine, frame: _Frame) -> bool:
    plain = shadow(line.text)
    labelled = label_at(plain, 0, len(plain)) is not None
    at_edge = line.left < frame.left + _INDENT * line.size
    if frame.indented and at_edge and before.text[-1] not in _ENDS:
        return False
    if labelled:
        return True
    if at_edge:
        return not frame.indented and before.text[-1] in "。！？" and before.right < frame.right - _SLACK * line.size
    return line.left > before.left - _INDENT * line.size and not _hangs(before, line)


def _hangs(before: PrintedLine, line: PrintedLine) -> bool:
    """Does the text of a numbered paragraph stand further in than its number?"""
    plain = shadow(before.text)
    return line.left > before.left + 0.5 * line.size and label_at(plain, 0, len(plain)) is not None


def _width(token: str, size: float) -> float:
    return sum(size * (0.5 if sign.isascii() else 0 if sign in _CLOSERS else 1) for sign in token)
