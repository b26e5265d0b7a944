"""The lines of a text 行 with their offsets, and the numbering labels 序号 that lines begin with."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from songda.engines.reading.numerals import HAN, arabic, shadow


class Style(enum.IntEnum):
    """A numbering style, outermost first."""

    CHAPTER = 0  # 第一章 第一节 第一部分
    CLAUSE = 1  # 第一条 第1条
    HAN = 2  # 一、
    HAN_BRACKET = 3  # （一）
    DIRECTION = 4  # 方向1
    ARABIC = 5  # 1. 1．1、
    TOPIC = 6  # 方向1 below 1.
    ARABIC_BRACKET = 7  # （1） 1）
    CIRCLED = 8  # ①
    ORDINAL = 9  # 第一， 一是


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# One-character labels count on from the first of their row.
_ROWS = {"①": 20, "⒈": 20, "⑴": 20, "㈠": 10}
# On the shadow of a line: brackets, colons and full-width stops are half width there.
_LABELS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.CHAPTER, re.compile(rf"第\s*([{HAN}]+|\d+)\s*(?:章|节|部分|编)(?=[\s:、]|$|[^\d])")),
    (Style.CLAUSE, re.compile(rf"第\s*([{HAN}]+|\d+)\s*条(?!第|款|规定|之|至|、|所|和|的)")),
    (Style.HAN, re.compile(rf"([{HAN}]{{1,4}})\s*(?:、|\.|:(?=\S))(?!\d|[{HAN}]+[、类级等档期批线])")),
    (Style.ORDINAL, re.compile(rf"第([{HAN}]{{1,3}})\s*[，、]|([{HAN}]{{1,2}})是(?!否)")),
    (Style.DIRECTION, re.compile(rf"方向\s*([{HAN}]{{1,3}}|\d{{1,2}})\s*[:、.]?")),
    (Style.HAN_BRACKET, re.compile(rf"\(?\s*([{HAN}]{{1,4}})\s*\)\s*[、.]?|([㈠-㈩])")),
    (Style.ARABIC, re.compile(r"(\d{1,2})\s*(?:\.|、)(?!\s*\d)")),
    (Style.ARABIC, re.compile(r"(\d{1,2})\s*\.(?=\s*\d{4}年)|([⒈-⒛])")),
    (Style.ARABIC_BRACKET, re.compile(r"\(?\s*(\d{1,2})\s*\)\s*[、.]?|([⑴-⒇])")),
    (Style.CIRCLED, re.compile(rf"([{_CIRCLED}])")),
)
# A number alone before a blank (1 融资支持), taken for a label only where nothing else numbers the text.
_LOOSE = re.compile(r"(\d{1,2})\s+(?=[\u4e00-\u9fa5“《])(?![年月日个家项元万亿人号款条])")
_FEW = 3
_CLOSING = re.compile(r"(?<=。)\s*本(?:政策|措施|意见|通知|办法|方案)(?=[^。]{0,20}(?:自|执行|施行|有效))")
_BREAK = re.compile(r"(?<=[。;:)\]】])\s*|\s+")
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

    def said(self, text: str) -> str:
        """The characters after the label."""
        return text[self.label.end if self.label else self.start : self.end].strip()


@lru_cache(maxsize=4)
def lines_of(text: str) -> tuple[Line, ...]:
    """All lines with text in them, in order; a label alone on its line is joined with the next. Kept for the last few texts."""
    plain = shadow(text)
    found = list(_raw(plain))
    if sum(1 for line in found if line.label) < _FEW:
        found = [piece for line in found for piece in _split(plain, line)]
    if not any(line.label for line in found):
        found = _loosely(plain, found)
    return tuple(_joined(found))


def _raw(plain: str) -> Iterator[Line]:
    at = 0
    for raw in plain.split("\n"):
        lead = _LEAD.match(raw)
        start = at + (lead.end() if lead else 0)
        end = at + len(raw.rstrip())
        if start < end:
            yield Line(start, end, label_at(plain, start, end))
        at += len(raw) + 1


def _joined(lines: list[Line]) -> Iterator[Line]:
    held: Line | None = None
    for line in lines:
        if held and not line.label:
            yield Line(held.start, line.end, held.label)
            held = None
            continue
        if held:
            yield held
        held = line if line.label and line.label.end >= line.end else None
        if not held:
            yield line
    if held:
        yield held


def _loosely(plain: str, lines: list[Line]) -> list[Line]:
    """Lines that begin with 1, 2, 3 … and a blank are numbered, if at least three do so in sequence."""
    found: list[Line] = []
    reached = 0
    for line in lines:
        match = _LOOSE.match(plain, line.start, line.end)
        if match and int(match.group(1)) == reached + 1:
            reached += 1
            found.append(Line(line.start, line.end, Label(Style.ARABIC, reached, line.start, match.end())))
        else:
            found.append(line)
    return found if reached >= _FEW else lines


def _split(plain: str, line: Line) -> Iterator[Line]:
    """A line that runs on over several labels in sequence (一、…。二、…), parted before each; for texts that lost their line breaks."""
    found = [label for match in _BREAK.finditer(plain, line.start, line.end) if (label := label_at(plain, match.end(), line.end))]
    seconds = {label.style: at for at, label in enumerate(found) if label.number == 2}  # where each style last has its 二、
    start, kept = line.start, line.label
    reached = {kept.style: kept.number} if kept else {}
    for at, label in enumerate(found):
        follows = label.number == reached.get(label.style, 0) + 1 and label.number > 1
        begins = label.number == 1 and seconds.get(label.style, -1) > at
        if (follows or begins) and label.start > start and label.style is not Style.ORDINAL:
            yield Line(start, _trimmed(plain, start, label.start), kept)
            start, kept = label.start, label
            reached[label.style] = label.number
    closing = _CLOSING.search(plain, start, line.end)
    if closing:
        yield Line(start, _trimmed(plain, start, closing.start()), kept)
        start, kept = closing.end() - len(closing.group().lstrip()), None
    yield Line(start, line.end, kept)


def _trimmed(plain: str, start: int, end: int) -> int:
    while end > start and plain[end - 1].isspace():
        end -= 1
    return end


def label_at(plain: str, start: int, end: int) -> Label | None:
    """The numbering label at `start` of the shadow, or None."""
    for style, pattern in _LABELS:
        match = pattern.match(plain, start, end)
        if match:
            number = _number(match.group(match.lastindex or 1))
            if number is not None:
                return Label(style, number, start, match.end())
    return None


def _number(sign: str) -> int | None:
    for first, count in _ROWS.items():
        if len(sign) == 1 and 0 <= ord(sign) - ord(first) < count:
            return ord(sign) - ord(first) + 1
    value = arabic(sign)
    return int(value) if value is not None and 0 < value < 1000 else None
