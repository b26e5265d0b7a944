"""Rows of tables 表格行 as lines of text."""

from __future__ import annotations

_FEW = 2


def row_lines(cells: list[list[str]]) -> list[str]:
    """A row as text. Each cell is a list of its lines.

    Cells of one line stand on one line, parted by blanks. A row of one or two filled cells with long contents (a label and its
    text, or a page laid out as a table) keeps its lines; a wider row is made one line.
    """
    filled = [lines for cell in cells if (lines := [line.strip() for line in cell if line.strip()])]
    if not filled:
        return []
    if len(filled) > _FEW or all(len(cell) == 1 for cell in filled):
        return [" ".join(" ".join(cell) for cell in filled)]
    if len(filled) == 1:
        return filled[0]
    head, body = filled
    return [*head[:-1], f"{head[-1]} {body[0]}", *body[1:]]
