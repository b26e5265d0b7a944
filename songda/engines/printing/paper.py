"""The document tree 文稿: what is printed, without a word on how it looks. Layouts and renderers do the rest.

All text is plain text: nothing in it is ever read as markup by any renderer. `Text` is a string, or a tuple of runs where a part
is set strong. Control characters that no format can carry are left out; a line feed inside a paragraph begins a new line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

MAX_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, set `strong` (加粗) or not, or `raised`, as the mark of a note is 上标."""

    text: str
    strong: bool = False
    raised: bool = False


Text = str | tuple[Run, ...]


class Align(Enum):
    """Where the lines of a paragraph or the cells of a column stand."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Form(Enum):
    """The head of the first page 版头: none, that of a document 文件 (red masthead, number, red line), that of a bulletin 简报 (red
    masthead, number, issuer left and date right, red line)."""

    PLAIN = "plain"
    DOCUMENT = "document"
    BULLETIN = "bulletin"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading 标题 of level 1 to 4 (一、 （一） 1. （1）); `text` carries its own number. `listed`: it stands in the contents."""

    text: Text
    level: int = 1
    listed: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.level <= MAX_LEVEL:
            raise ValueError(f"标题级别应为 1 至 {MAX_LEVEL}，现为 {self.level}。")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph 段落. `indent`: the first line begins two characters in (not for 主送机关, notes and what is not set left)."""

    text: Text
    indent: bool = True
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Listing:
    """A list 列表: each item a paragraph, numbered 1. 2. 3. or with a dot."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table 表格; its head is repeated on every page. `widths`: shares of the width, one a column (empty: even). `aligns`: one a
    column (empty: left). `caption` stands above it. Without a head (`head=()`) it is a sheet of rows."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...] = ()
    aligns: tuple[Align, ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        sizes = {len(row) for row in self.rows} | ({len(self.head)} if self.head else set())
        sizes |= {len(given) for given in (self.widths, self.aligns) if given}
        if len(sizes) != 1 or 0 in sizes:
            raise ValueError("表格各行、表头、列宽和对齐的列数应一致且不为零。")

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.head or self.rows[0])


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture 图 (PNG or JPEG) set in the middle, `width_mm` wide, with its caption below and what it shows for those who cannot
    see it."""

    data: bytes
    width_mm: int
    shows: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page 另页."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents 目录: the listed headings down to `depth` with their pages."""

    depth: int = 2
    title: str = "目　录"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signs and when 署名、成文日期, at the right below the text (GB/T 9704-2012, 7.3.5.2)."""

    issuer: str
    date: str


@dataclass(frozen=True, slots=True)
class Attached:
    """Names of what is attached 附件说明."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """The lines at the foot of the last page 版记: copies to 抄送, printed by 印发机关, printed on 印发日期. Stands last. `copies`: how
    many were printed 印数, where that is said."""

    printed_by: str
    printed_on: str
    copies_to: str = ""
    copies: str = ""


Block = Heading | Paragraph | Listing | Table | Picture | PageBreak | Contents | Signed | Attached | Imprint


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed document 文稿.

    title: what stands over the text and in the file's properties. issuer, number, date: as they shall be read ("2020年3月18日").
    masthead: 发文机关标志 of a document or the name of a bulletin, in red; needed by these forms.
    stamp: words set across every page, such as 演示数据; a paper with invented content must carry one.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    issuer: str = ""
    number: str = ""
    date: str = ""
    form: Form = Form.PLAIN
    masthead: str = ""
    stamp: str = ""

    def __post_init__(self) -> None:
        if self.form is not Form.PLAIN and not self.masthead:
            raise ValueError("文件和简报应有发文机关标志或报头名称。")


def runs(text: Text) -> Iterator[Run]:
    """The runs of a text, cleaned of characters that no format can carry."""
    for run in (Run(text),) if isinstance(text, str) else text:
        if kept := clean(run.text):
            yield Run(kept, run.strong, run.raised)


def plain(text: Text) -> str:
    """The text without its marks."""
    return "".join(run.text for run in runs(text))


def clean(text: str) -> str:
    """The text without control characters, surrogates and non-characters; tabs become blanks, CR LF becomes LF."""
    return "".join(_kept(one) for one in text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(text: str, *, indent: bool = True) -> tuple[Paragraph, ...]:
    """Each line of a text that holds anything, as a paragraph of its own; blanks at the ends of lines left out."""
    return tuple(Paragraph(line.strip(), indent) for line in clean(text).split("\n") if line.strip())


def _kept(one: str) -> str:
    if one in "\t\v\f\x85\u2028\u2029":
        return " "
    code = ord(one)
    broken = (code < 0x20 and one != "\n") or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0
    return "" if broken or code & 0xFFFE == 0xFFFE else one
