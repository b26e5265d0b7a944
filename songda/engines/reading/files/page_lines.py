"""Lines of printed pages 版面的行: pieces of text with their places become lines, and rows of tables lines of cells.

Places are in points from the upper left corner of a page. Pieces come in the order in which the file draws them, which is nearly
always the order of reading; where it is not, they are sorted from top to bottom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

_SAME = 0.45  # of the size: two pieces on one base line
_COLUMN = 1.5  # sizes: a wider gap parts cells
_UP = 8.0  # sizes: the next cell of a row begins at most so far above
_NEAR = 2.3  # sizes: the next line of a cell is at most so far below
_TALL = 40  # lines of a cell that are looked at
_CHAOS = 0.25  # of the lines stand above the one before: the order of the file means nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one base line: page (from 0), left and right edge, base line `down` the page, size of its letters."""

    page: int
    left: float
    right: float
    down: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed, or a row of a table (`cells` above 1)."""

    page: int
    left: float
    right: float
    down: float
    size: float
    text: str
    cells: int = 1


Cell = list[Piece]


def printed_lines(pieces: list[Piece]) -> list[PrintedLine]:
    """The lines of one page."""
    rows = _rows(pieces)
    above = sum(1 for first, second in pairwise(rows) if _top(second) < _top(first) - second[0][0].size)
    if above > max(2, _CHAOS * len(rows)):
        rows = _rows(sorted(pieces, key=lambda one: (round(one.down / max(one.size * _SAME, 1)), one.left)))
    return [_line(row) for row in rows]


def _rows(pieces: Iterable[Piece]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for piece in pieces:
        if not rows:
            rows.append([[piece]])
            continue
        row = rows[-1]
        last = row[-1][-1]
        if abs(piece.down - last.down) < _SAME * last.size and piece.left > last.right - 1.2 * last.size:
            _beside(row, piece)
        elif _goes_up_beside(row, piece):
            _take_back(rows, piece)
            rows[-1].append([piece])
        elif len(row) > 1 and _goes_on_below(row, piece):
            row[-1].append(piece)
        else:
            rows.append([[piece]])
    return rows


def _beside(row: list[Cell], piece: Piece) -> None:
    """On the base line of the piece before: the same text, or after a wide gap the next cell."""
    last = row[-1][-1]
    if piece.left - last.right > _COLUMN * last.size or len(row[-1]) > 1:
        row.append([piece])
    else:
        row[-1][-1] = replace(
            last, right=piece.right, text=_joined(last.text, piece.text, apart=piece.left - last.right > 0.5 * last.size)
        )


def _goes_up_beside(row: list[Cell], piece: Piece) -> bool:
    last = row[-1][-1]
    edge = max(one.right for one in row[-1][-_TALL:])
    return -_SAME * last.size < last.down - piece.down < _UP * piece.size and piece.left > edge


def _take_back(rows: list[list[Cell]], piece: Piece) -> None:
    """The lines before that stand left of this piece, from its height down or around it, are the lines of the cell before it."""
    row = rows[-1]
    while len(rows) > 1 and len(row) == 1 and len(rows[-2]) == 1 and len(row[0]) < _TALL:
        above, first = rows[-2][0][-1], row[0][0]
        near = 0 < first.down - above.down < _NEAR * first.size
        middle = (above.down + row[0][-1].down) / 2  # cells may stand in the middle of their row
        if not (near and above.right < piece.left and middle > piece.down - _SAME * piece.size):
            return
        row[0][:0] = rows[-2][0]
        del rows[-2]


def _goes_on_below(row: list[Cell], piece: Piece) -> bool:
    last, cell = row[-1][-1], row[-1][-_TALL:]
    edge = max(one.right for one in row[-2][-_TALL:])
    under = piece.left < max(one.right for one in cell) and piece.left > edge
    return under and 0 < piece.down - last.down < _NEAR * last.size


def _top(row: list[Cell]) -> float:
    return row[0][0].down


def _line(row: list[Cell]) -> PrintedLine:
    flat = [piece for cell in row for piece in cell]
    return PrintedLine(
        page=flat[0].page,
        left=min(one.left for one in flat),
        right=max(one.right for one in flat),
        down=max(one.down for one in flat),
        size=max(one.size for one in flat),
        text=" ".join(_cell_text(cell) for cell in row),
        cells=len(row),
    )


def _cell_text(cell: Cell) -> str:
    text, edge = cell[0].text, max(one.right for one in cell)
    for before, piece in pairwise(cell):
        text = _joined(text, piece.text, apart=before.right < edge - _COLUMN * before.size)
    return text


def between(first: str, second: str, *, apart: bool = False) -> str:
    """What parts two pieces of one line: a blank between Latin words and where they stand `apart`, else nothing."""
    latin = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalpha() and second[:1].isalpha()
    return " " if apart or latin else ""


def _joined(first: str, second: str, *, apart: bool) -> str:
    return f"{first}{between(first, second, apart=apart)}{second}"
