"""Fields of guides 申报指南、办事指南: headings and line heads that are labels (二、申报条件 / 【申报材料】 / 补贴标准：…)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from songda.engines.reading.document import Document, Field
from songda.engines.reading.labelled.fields import Head, field, head_at
from songda.engines.reading.language.field_words import LABEL, kind_of_label
from songda.engines.reading.language.lines import Line, Style, lines_of
from songda.engines.reading.language.numerals import shadow

# 三、企业申报条件 and the like: a heading that ends in a label.
_HEADING = re.compile(rf"[^，。;:,\n]{{0,12}}?(?P<label>{LABEL})\s*:?\s*$")
_ATTACHED = re.compile(
    r"^[^\S\n]*(?:附\s*(?:件|表)\s*\d{0,2}\s*:?\s*$|[上下]一[篇个条]|版权所有|【返回|相关(?:阅读|链接))", re.MULTILINE
)
_ITEMS = tuple(style for style in Style if style > Style.HAN_BRACKET)
_UNITS = re.compile(r"(?:责任|牵头|配合|落实|实施|主管)(?:单位|部门|机构)$")


def guides(document: Document) -> Document:
    """The document with the fields its headings and line heads name; cards have theirs already."""
    if document.genre == "card":
        return document
    plain = shadow(document.text)
    forms = _forms(document, plain)
    lines = [line for line in lines_of(document.text) if line.start < forms]
    heads = {at: head for at, line in enumerate(lines) if (head := _head(plain, line))}
    bodies = [article.body for article in document.articles]
    starts = [body.start for body in bodies]
    found: list[Field] = []
    for at, head in heads.items():
        inside = bisect_right(starts, head.start) - 1
        bare = head.value >= lines[at].end and not plain[head.start : head.value].rstrip().endswith((":", "】"))
        limit = bodies[inside].end if inside >= 0 and head.start < bodies[inside].end and not bare else _closing(document)
        found.append(field(document.text, plain, head, _end(lines, at, heads, limit)))
    return replace(document, fields=tuple(one for one in found if one.quote.text))


def _forms(document: Document, plain: str) -> int:
    """Where attachments or the foot of a page begin, after the articles: forms and addresses of the site are full of labels."""
    after = document.articles[-1].body.start if document.articles else 0
    match = _ATTACHED.search(plain, after)
    return match.start() if match else len(plain)


def _closing(document: Document) -> int:
    return document.closing.start if document.closing else len(document.text)


def _head(plain: str, line: Line) -> Head | None:
    start = line.label.end if line.label else line.start
    while start < line.end and plain[start].isspace():
        start += 1
    ends = plain.find("\n", start, line.end)
    end = line.end if ends < 0 else ends
    head = head_at(plain, start, end)
    heading = _HEADING.fullmatch(plain, start, end) if line.label and not head else None
    if heading:
        head = Head(heading["label"], kind_of_label(heading["label"]), start, heading.end())
    closed = head and (head.value >= end or plain[head.start : head.value].rstrip().endswith((":", "】", "]", "」", "〕")))
    return head if head and closed and not (_UNITS.search(head.label) and not line.label) else None


def _end(lines: Sequence[Line], at: int, heads: dict[int, Head], limit: int) -> int:
    """A numbered field ends at the next number of its own or an outer style; another at the next such label or its limit."""
    label = lines[at].label
    for after in range(at + 1, len(lines)):
        line = lines[after]
        if label and line.label and _is_outer(line.label.style, label.style):
            return line.start
        if not label and (
            (after in heads and _may_end(line, bare=heads[at].value >= lines[at].end)) or lines[at].start < limit <= line.start
        ):
            return line.start
    return lines[-1].end


def _may_end(line: Line, *, bare: bool) -> bool:
    """A label without a number ends the one before; so does 一、申报条件, unless it may stand below a label on a line of its own."""
    return line.label is None or (not bare and line.label.style <= Style.HAN_BRACKET)


def _is_outer(style: Style, than: Style) -> bool:
    return style <= than and (style is not Style.CLAUSE or than in (Style.CLAUSE, *_ITEMS))
