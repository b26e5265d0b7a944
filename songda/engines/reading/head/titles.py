"""The title 标题 of a document: joined over broken lines; the attached policy's title wins over that of the notice around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.reading.document import Document, Named, Quote
from songda.engines.reading.head.numbers import is_number, number_in
from songda.engines.reading.language.lines import Line
from songda.engines.reading.language.numerals import shadow

_TAG = re.compile(r"\s*\[[^\]]{1,8}\]\s*$")
_LEAD = re.compile(r"[^\u4e00-\u9fa5]{0,3}-\s*")
_ENDING = re.compile(
    r"(?:通知|意见|措施|办法|政策|细则|规定|公告|条例|方案|指南|清单|条|决定|通告|函|计划|规划|若干措施|政策措施|指引|批复|须知|问答|解读)(?:\(.{1,12}\))?[》”]?(?:的(?:通知|公告|函))?$"
)
_ISSUED = re.compile(r"(?:印发|发布|公布|下发|转发)《(?P<inner>.{4,80})》的(?:通知|公告|函|决定)$")
_SITE = re.compile(
    r"\s*(?:发布时间|发布日期|来源|文章来源|浏览|点击|字号|索引号|主题分类|首页|当前位置|您(?:现在)?的位置|<!--|信息来源|作者|分享|打印)"
)
_SIGNED = re.compile(
    r".{0,60}(?:19|20|二[〇○零])[\d〇○零一二三四五六七八九]{2}\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月[^月]{1,4}日\s*\)?$"
)
_LABELLED = re.compile(r"[\u4e00-\u9fa5]{2,8}:")
_PREAMBLE = re.compile(r"为(?!企业|[^，。]{2,20}办)|根据|按照|现将|依据|经[^营济]|贯彻")
_STOPS = (":", "。", ";", ",", "，", "！", "？", "!", "?")
_LONGEST, _MOST_LINES, _BETWEEN = 120, 4, 2
_PAIRS = (("(", ")"), ("《", "》"), ("“", "”"))


@dataclass(frozen=True, slots=True)
class Titles:
    """The document's title, and all titles found in its head, in order (the notice's first)."""

    chosen: Named | None
    found: tuple[Named, ...]


def titles(document: Document, head: list[Line]) -> Titles:
    """The titles in the head of the document (the lines before its first article)."""
    text = document.text
    if document.genre == "card":
        own = _card_title(document, head)
        return Titles(own, (own,) if own else ())
    first = min((section.quote.start for section in document.sections), default=len(text))
    head = [line for line in head if line.start < first]
    spans = list(_spans(text, head)) or _fallback(text, head)
    found = tuple(named for first, last in spans if (named := _named(text, head, first, last)))
    if not spans or not found:
        return Titles(None, ())
    attached = len(spans) > 1 and spans[-1][0] > spans[0][1] + _BETWEEN
    return Titles(found[-1] if attached else _inner(found[0]), found)


def _card_title(document: Document, head: list[Line]) -> Named | None:
    """The first line of a card, and the next where a bracket is still open."""
    limit = min((one.quote.start for one in document.fields), default=0)
    lines = [line for line in head if line.end <= limit and line.end - line.start <= _LONGEST]
    if not lines:
        named = next((one.quote for one in document.fields if one.label.endswith("名称") and one.quote.text), None)
        return _joined(named) if named else None
    said = shadow(lines[0].of(document.text))
    last = lines[1] if len(lines) > 1 and any(said.count(left) > said.count(right) for left, right in _PAIRS) else lines[0]
    return _joined(Quote.of(document.text, lines[0].start, last.end))


def _inner(title: Named) -> Named:
    """印发《X》的通知 with no second title: X is the policy."""
    match = _ISSUED.search(title.quote.text.replace("\n", " "))
    if not match:
        return title
    start = title.quote.start + match.start("inner")
    return _joined(Quote(start, start + len(match["inner"]), title.quote.text[match.start("inner") : match.end("inner")]))


def _joined(quote: Quote) -> Named:
    return Named(re.sub(r"\s*\n\s*", "", quote.text), quote)


def _spans(text: str, head: list[Line]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(head):
        last = at
        if _may_begin(text, head[at]):
            while (
                last < min(at + _MOST_LINES, len(head) - 1)
                and not _ENDING.search(_bare(text, head[last]))
                and _may_begin(text, head[last + 1])
            ):
                last += 1
            if _ENDING.search(_bare(text, head[last])) and _is_whole(shadow(text[head[at].start : head[last].end])):
                yield at, last
        at = last + 1


def _is_whole(said: str) -> bool:
    """Is it no piece of a sentence: not the opening of a preamble, and no bracket closed that was not opened?"""
    return not _PREAMBLE.match(said) and all(said.count(right) <= said.count(left) for left, right in _PAIRS)


def _fallback(text: str, head: list[Line]) -> list[tuple[int, int]]:
    return [(at, at) for at, line in enumerate(head[:3]) if _may_begin(text, line)][:1]


def _named(text: str, head: list[Line], first: int, last: int) -> Named | None:
    start, end = head[first].start, head[last].end
    said = shadow(text[start:end])
    number = number_in(said)
    if number and number[0] == 0:  # 云政发〔2021〕5号-关于…的通知
        lead = _LEAD.match(said, number[1])
        start += lead.end() if lead else number[1]
    elif number:
        end = start + number[0]
    quote = Quote.of(text, start, end)
    tag = _TAG.search(shadow(quote.text))
    quote = Quote.of(text, quote.start, quote.start + tag.start()) if tag else quote
    quote = Quote.of(text, quote.start, quote.end - 1) if shadow(quote.text).endswith("(") else quote
    return _joined(quote) if quote.text else None


def _bare(text: str, line: Line) -> str:
    said = line.plain(text)
    number = number_in(said)
    return _TAG.sub("", said[: number[0]] if number and number[0] else said).rstrip(" ()")


def _may_begin(text: str, line: Line) -> bool:
    said = line.plain(text).strip()
    if line.label or said.endswith(_STOPS) or "。" in said or _SITE.match(said) or _SIGNED.fullmatch(said):
        return False
    if _LABELLED.match(said):
        return False
    whole = said.startswith("[") or (said.startswith("(") and said.find(")") in (-1, len(said) - 1))
    return len(said) <= _LONGEST and not is_number(said) and not whole
