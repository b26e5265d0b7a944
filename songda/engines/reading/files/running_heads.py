"""Running heads, running feet and page numbers 页眉页脚: what stands at the edge of pages and belongs to no paragraph."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from songda.engines.reading.files.page_lines import PrintedLine
from songda.engines.reading.language.numerals import shadow

_LINES = 3  # at the head and the foot of a page
_ZONE = 0.12  # of its height
_OFTEN = 0.3  # of the pages
_WIDER = 1.25  # of the usual distance of lines
_SMALL = 0.9  # of the usual size
_APART = 3.0  # sizes from the text
_MARK = r"[\s—–―\-~·.•|/]*"
_PAGE_NUMBER = re.compile(
    rf"{_MARK}(?:第\s*)?(?:\d{{1,4}}|[ivxl]{{1,6}})\s*页?(?:[\s,，/|]*(?:共|of|/)\s*\d{{1,4}}\s*页?)?{_MARK}", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page, in the unit of its lines."""

    width: float
    height: float


def without_running(pages: list[list[PrintedLine]], sizes: list[PageSize]) -> list[list[PrintedLine]]:
    """The pages without page numbers, without lines apart from the text that stand at the same edge of several pages (numbers in them
    may differ), and without small lines far above or below the text."""
    usual = median([line.size for page in pages for line in page] or [1.0])
    gaps = sorted(gap for page in pages for one, two in pairwise(page) if (gap := two.down - one.down) > 0.5 * usual)
    leading = gaps[len(gaps) // 5] if gaps else 1.0
    edges = [_edges(page, size, leading) for page, size in zip(pages, sizes, strict=True)]
    places: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, edge in enumerate(edges):
        for line in edge:
            places[_key(line)].add(number)
    most = max(2, _OFTEN * len(pages))
    often = {key for key, found in places.items() if len(found) >= most}
    return [
        [
            line
            for line in page
            if line not in edge or not (_key(line) in often or _is_page_number(line) or _is_apart(line, page, usual))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: list[PrintedLine], size: PageSize, leading: float) -> frozenset[PrintedLine]:
    """The lines at the head and the foot of a page that stand apart from the text."""
    ordered = sorted(page, key=lambda line: line.down)
    high = [line for line in _first_apart(ordered, leading) if line.down < _ZONE * size.height]
    low = [line for line in _first_apart(ordered[::-1], leading) if line.down > (1 - _ZONE) * size.height]
    return frozenset((*high, *low))


def _first_apart(ordered: list[PrintedLine], leading: float) -> list[PrintedLine]:
    """The first lines, up to the last wider gap among them."""
    for count in range(min(_LINES, len(ordered) - 1), 0, -1):
        if abs(ordered[count].down - ordered[count - 1].down) > _WIDER * leading:
            return ordered[:count]
    return ordered if len(ordered) == 1 else []


def _key(line: PrintedLine) -> tuple[str, int]:
    return _DIGITS.sub("#", shadow(line.text)).strip(), round(line.down / max(line.size, 1))


def _is_page_number(line: PrintedLine) -> bool:
    return _PAGE_NUMBER.fullmatch(shadow(line.text).strip()) is not None


def _is_apart(line: PrintedLine, page: list[PrintedLine], usual: float) -> bool:
    """Is this smaller than the text and far from it?"""
    downs = sorted(one.down for one in page)
    nearest = min((abs(two - one) for one, two in pairwise(downs) if line.down in (one, two)), default=0.0)
    return line.size < _SMALL * usual and nearest > _APART * line.size
