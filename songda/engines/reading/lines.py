"""The lines of a text 行 with their offsets, and the numbering labels 序号 that lines begin with."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.reading.numerals import HAN, arabic, shadow


class Style(enum.IntEnum):
    """A numbering style, outermost first."""

    CHAPTER = 0  # 第一章 第一节 第一部分
    CLAUSE = 1  # 第一条 第1条
    HAN = 2  # 一、
    HAN_BRACKET = 3  # （一）
    DIRECTION = 4  # 方向1
    ARABIC = 5  # 1. 1．1、
    ARABIC_BRACKET = 6  # （1） 1）
    CIRCLED = 7  # ①


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# On the shadow of a line: brackets, colons and full-width stops are half width there.
_LABELS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.CHAPTER, re.compile(rf"第\s*([{HAN}]+|\d+)\s*(?:章|节|部分|编)(?=[\s:、]|$|[^\d])")),
    (Style.CLAUSE, re.compile(rf"第\s*([{HAN}]+|\d+)\s*条(?!第|款|规定|之|至|、|所|和|的)")),
    (Style.HAN, re.compile(rf"([{HAN}]{{1,4}})\s*(?:、|\.|:(?=\S))(?!\d|[{HAN}]+[、类级等档期批线])")),
    (Style.HAN, re.compile(rf"第([{HAN}]{{1,3}})\s*[，、]")),
    (Style.DIRECTION, re.compile(rf"方向\s*([{HAN}]{{1,3}}|\d{{1,2}})\s*[:、.]?")),
    (Style.HAN_BRACKET, re.compile(rf"\(?\s*([{HAN}]{{1,4}})\s*\)\s*[、.]?")),
    (Style.ARABIC, re.compile(r"(\d{1,2})\s*(?:\.|、)(?!\s*\d)")),
    (Style.ARABIC, re.compile(r"(\d{1,2})\s*\.(?=\s*\d{4}年)")),
    (Style.ARABIC_BRACKET, re.compile(r"\(?\s*(\d{1,2})\s*\)\s*[、.]?")),
    (Style.CIRCLED, re.compile(rf"([{_CIRCLED}])")),
)
_FEW = 3
_CLOSING = re.compile(r"(?<=。)本(?:政策|措施|意见|通知|办法|方案)(?=[^。]{0,20}(?:自|执行|施行|有效))")
_BREAK = re.compile(r"(?<=[。;:])\s*")
_LEAD = re.compile(r"[\s#*]*")


@dataclass(frozen=True, slots=True)
class Label:
    """A numbering label: style, number, and where it and its text begin."""

    style: Style
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its span without edge blanks, and its label where it begins with one."""

    start: int
    end: int
    label: Label | None

    def of(self, text: str) -> str:
        """The characters of the line."""
        return text[self.start : self.end]


def lines_of(text: str) -> tuple[Line, ...]:
    """All lines with text in them, in order."""
    plain = shadow(text)
    found: list[Line] = []
    at = 0
    for raw in plain.split("\n"):
        lead = _LEAD.match(raw)
        start = at + (lead.end() if lead else 0)
        end = at + len(raw.rstrip())
        if start < end:
            found.append(Line(start, end, label_at(plain, start, end)))
        at += len(raw) + 1
    if sum(1 for line in found if line.label) < _FEW:
        return tuple(piece for line in found for piece in _split(plain, line))
    return tuple(found)


def _split(plain: str, line: Line) -> Iterator[Line]:
    """A line that runs on over several labels in sequence (一、…。二、…), parted before each; for texts that lost their line breaks."""
    found = [label for match in _BREAK.finditer(plain, line.start, line.end) if (label := label_at(plain, match.end(), line.end))]
    seconds = {label.style: at for at, label in enumerate(found) if label.number == 2}  # where each style last has its 二、
    start, kept, held = line.start, line.label, line.label
    for at, label in enumerate(found):
        follows = held is not None and label.style is held.style and label.number == held.number + 1
        begins = label.number == 1 and seconds.get(label.style, -1) > at
        if follows or begins:
            yield Line(start, len(plain[: label.start].rstrip()), kept)
            start, kept = label.start, label
            held = label
    closing = _CLOSING.search(plain, start, line.end)
    if closing:
        yield Line(start, closing.start(), kept)
        start, kept = closing.start(), None
    yield Line(start, line.end, kept)


def label_at(plain: str, start: int, end: int) -> Label | None:
    """The numbering label at `start` of the shadow, or None."""
    for style, pattern in _LABELS:
        match = pattern.match(plain, start, end)
        if match:
            number = _number(match.group(1))
            if number is not None:
                return Label(style, number, start, match.end())
    return None


def _number(sign: str) -> int | None:
    if sign in _CIRCLED:
        return _CIRCLED.index(sign) + 1
    value = arabic(sign)
    return int(value) if value is not None and 0 < value < 1000 else None
