"""The lines of a text 行 with their offsets, and the numbering labels 序号 that lines begin with."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from songda.engines.reading.language.numerals import HAN, arabic, shadow


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
# No label begins with any other sign.
_FIRST = frozenset(
    HAN + "第(方0123456789" + "".join(chr(ord(first) + at) for first, count in _ROWS.items() for at in range(count))
)
# A number alone before a blank (1 融资支持), taken for a label only where nothing else numbers the text.
_LOOSE = re.compile(r"(\d{1,2})\s+(?=[\u4e00-\u9fa5“《])(?![年月日个家项元万亿号款条]|人(?![民力社才员]))")
_FEW = 3
_CLOSING = re.compile(r"(?<=。)\s*本(?:政策|措施|意见|通知|办法|方案)(?=[^。]{0,20}(?:自|执行|施行|有效))")
# After a stop, a bracket or a blank; 1. after any word but 附件; 第一条 with its blank anywhere.
_BREAK = re.compile(
    rf"(?<=[。;:)\]】])\s*|\s+|(?<=[\u4e00-\u9fa5])(?<![件表第])(?=\d{{1,2}}\.)|(?=第(?:[{HAN}]{{1,6}}|\d{{1,3}})条\s)|(?=第[{HAN}]{{1,3}}章\s)|(?<=[局委厅部行府会办])(?=[{HAN}]{{1,3}}、)"
)
# Where a label may have run into the heading before it.
_RUN_IN = re.compile(rf"(?<![\d第.(])(?=\d{{1,2}}\s*[.、]|\([{HAN}]{{1,3}}\)|第\s*(?:[{HAN}]+|\d+)\s*条)")
_LISTED = re.compile(r"附\s*件\s*\d?\s*:")
_LOST_BREAK = re.compile(r"(?<=[。)])\s+|(?<=\d日)\s+")
_HEAD_BREAK = re.compile(r"\s+|(?<=的通知)(?=各|有关)|(?<=\d号)(?=各|有关)|(?<=关单位:)|(?<=机构:)|(?<=部门:)")
_STOP = re.compile(r"[。;]")
_LONGEST_HEADING, _SECOND, _MOST_STEPS = 45, 2, 2
_LEAD = re.compile(r"[\s#*■◆●★▲•□►➤※◇]*")


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

    def plain(self, text: str) -> str:
        """The characters of the line in the shadow of `text`: half-width digits and marks."""
        return shadow(text)[self.start : self.end]

    def said(self, text: str) -> str:
        """The characters after the label."""
        return text[self.label.end if self.label else self.start : self.end].strip()


@lru_cache(maxsize=4)
def lines_of(text: str) -> tuple[Line, ...]:
    """All lines with text in them, in order; a label alone on its line is joined with the next. Kept for the last few texts."""
    plain = shadow(text)
    found = list(_raw(plain))
    if sum(1 for line in found if line.label) < _FEW:
        found = [part for line in found for part in _parted(plain, tuple(_split(plain, line)))]
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
    found = _candidates(plain, line)
    last = {(label.style, label.number): at for at, label in enumerate(found)}  # where each style last has each number
    start, kept = line.start, line.label
    reached = {kept.style: kept.number} if kept else {}
    for at, label in enumerate(found):
        steps = label.number - reached.get(label.style, label.number)
        opens = label.number == 1 or (label.number == _SECOND and label.style not in reached)
        begins = opens and last.get((label.style, label.number + 1), -1) > at
        if label.start > start and (begins or 0 < steps <= _MOST_STEPS):
            yield Line(start, _trimmed(plain, start, label.start), kept)
            start, kept = label.start, label
            reached[label.style] = label.number
    closing = _CLOSING.search(plain, start, line.end)
    if closing:
        yield Line(start, _trimmed(plain, start, closing.start()), kept)
        start, kept = closing.end() - len(closing.group().lstrip()), None
    yield Line(start, line.end, kept)


def _parted(plain: str, pieces: tuple[Line, ...]) -> Iterator[Line]:
    """A line that held several labels has lost its line breaks: its pieces are parted where blanks stand for them."""
    for piece in pieces:
        yield from _paragraphs(plain, piece) if len(pieces) > 1 else (piece,)


def _paragraphs(plain: str, piece: Line) -> Iterator[Line]:
    """A piece parted where a blank stands for a lost line break: after a stop; in a head without label, wherever it stands."""
    breaks = _LOST_BREAK if piece.label else _HEAD_BREAK
    start, label = piece.start, piece.label
    low = label.end if label else start
    for match in breaks.finditer(plain, low, piece.end):
        if match.start() > max(start, low):
            yield Line(start, match.start(), label)
            start, label = match.end(), None
    yield Line(start, piece.end, label)


def _candidates(plain: str, line: Line) -> list[Label]:
    """Labels after a stop or a blank, and those that a heading has run into (一、减负担1.减租)."""
    places = {match.end() for match in _BREAK.finditer(plain, line.start, line.end)}
    listed = _LISTED.search(plain, (line.start + line.end) // 2, line.end)
    end = listed.start() if listed else line.end
    labels = [label for at in sorted(places) if at < end and (label := label_at(plain, at, line.end))]
    # 第一，…第二，… number the text only where nothing else does.
    ordinals = [label for label in labels if label.style is Style.ORDINAL and plain[label.start] == "第"]
    found = [label for label in labels if label.style is not Style.ORDINAL] or ordinals
    first = [line.label] if line.label else []
    glued = [
        inner
        for label in [*first, *found]
        if label.style <= Style.HAN_BRACKET
        for match in _RUN_IN.finditer(plain, label.end, min(end, label.end + _LONGEST_HEADING))
        if not _STOP.search(plain, label.end, match.start())
        and (inner := label_at(plain, match.start(), line.end))
        and inner.style is not label.style
    ]
    return sorted({label.start: label for label in [*found, *glued]}.values(), key=lambda label: label.start)


def _trimmed(plain: str, start: int, end: int) -> int:
    while end > start and plain[end - 1].isspace():
        end -= 1
    return end


def label_at(plain: str, start: int, end: int) -> Label | None:
    """The numbering label at `start` of the shadow, or None."""
    if plain[start : start + 1] not in _FIRST:
        return None
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
