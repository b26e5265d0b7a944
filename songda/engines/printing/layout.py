"""Layouts 版式: sizes of pages, lines and letters. OFFICIAL is GB/T 9704-2012; BOOK is a bound book of documents.

Lengths are millimetres, sizes of letters points (三号 16, 四号 14, 小四 12, 二号 22).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

POINTS_A_MM = 72 / 25.4


class Face(Enum):
    """A kind of letter 字体: song 宋体, fang 仿宋, hei 黑体, kai 楷体, title 小标宋."""

    SONG = "song"
    FANG = "fang"
    HEI = "hei"
    KAI = "kai"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class HeadingStyle:
    """How a level of heading looks; `indent` in characters, `centred` instead."""

    face: Face
    size: float
    indent: int = 2
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A page: its margins, how many lines of how many characters it holds, and the letters.

    `cover`: title, number, issuer and date stand on a page of their own, which has no page number. `table_size`: letters in tables.
    """

    top: float
    bottom: float
    left: float
    right: float
    lines: int
    characters: int
    size: float
    headings: tuple[HeadingStyle, HeadingStyle, HeadingStyle, HeadingStyle]
    table_size: float
    number_size: float = 14
    title_size: float = 22
    cover: bool = False
    width: float = 210
    height: float = 297

    @property
    def pitch(self) -> float:
        """From one line to the next, in points."""
        return (self.height - self.top - self.bottom) * POINTS_A_MM / self.lines

    @property
    def advance(self) -> float:
        """From one character to the next, in points."""
        return (self.width - self.left - self.right) * POINTS_A_MM / self.characters


OFFICIAL = Layout(
    top=37, bottom=35, left=28, right=26, lines=22, characters=28, size=16, table_size=12,
    headings=(HeadingStyle(Face.HEI, 16), HeadingStyle(Face.KAI, 16), HeadingStyle(Face.FANG, 16), HeadingStyle(Face.FANG, 16)),
)  # fmt: skip
"""党政机关公文格式 GB/T 9704-2012: 版心 156 × 225 mm, 22 lines of 28 characters 三号仿宋; headings 黑体, 楷体, 仿宋, 仿宋."""

BOOK = replace(
    OFFICIAL, top=30, bottom=28, left=28, right=24, lines=34, characters=37, size=12, table_size=10.5, number_size=10.5, cover=True,
    headings=(HeadingStyle(Face.TITLE, 18, 0, centred=True), HeadingStyle(Face.HEI, 14, 0), HeadingStyle(Face.HEI, 12), HeadingStyle(Face.KAI, 12)),
)  # fmt: skip
"""A book 成册: smaller letters, chapters in the middle, a cover."""
