"""Outline 结构: the articles of a text, the headings above them, and where each article ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from songda.engines.reading.document import Article, Document, Quote, Section
from songda.engines.reading.labelled.cards import substance
from songda.engines.reading.language.benefits import promises
from songda.engines.reading.language.headings import is_annex
from songda.engines.reading.language.lines import Label, Line, Style, lines_of
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.structure.levels import Plan, is_heading, plan_of, runs_through
from songda.engines.reading.structure.losses import with_lost_labels
from songda.engines.reading.structure.parts import main_lines
from songda.engines.reading.structure.tail import closing_from

_INLINE_TITLE = re.compile(r"[^。;:\n]{2,40}。")
_NOT_A_TITLE = re.compile(
    r"\d\s*(?:%|‰|万|亿|元|年|个)|^(?:本|为[^，,]*[，,]|对|依据|根据|自|凡|经|按照?|各|由|以上|上述|企业|申请)|的,|的，|负责(?!制)|应当|不得|须"
)
# 1．建设产业基地：加强供给…
_NAMED = re.compile(r"[\u4e00-\u9fa5“”《》()A-Za-z0-9]{3,24}(?<!下)(?<!下列条件)(?<!包括)(?<!为):(?=[^\d\n])")
_SPACED = re.compile(r"[\u4e00-\u9fa5“”、]{4,25} {2,}(?=[\u4e00-\u9fa5])")
_BRACKETED = re.compile(r"【([^】]{2,30})】|\(((?!以下|本|即|含|不含|原)[\u4e00-\u9fa5、]{2,20})\)")
_LIST_FOLLOWS = re.compile(r"(?:以下|下列|如下)[^:]{0,12}:\s*$|有下列")
_LONGEST_CLAUSE_TITLE = 20


def outline(document: Document) -> Document:
    """The document with its sections, articles and closing; of a card, what its fields of substance number."""
    text = document.text
    given = substance(document)
    if given:
        return replace(document, articles=tuple(article for one in given for article in articles_within(text, one.quote)))
    lines = main_lines(text, lines_of(text))
    plan = plan_of(text, lines)
    if plan is None:
        return replace(document, articles=tuple(_paragraphs(text, lines)))
    lines = with_lost_labels(text, lines, plan)
    starts = [at for at, line in enumerate(lines) if line.label and line.label.style is plan.articles]
    starts = sorted([*starts, *_lone_headings(text, lines, plan)])
    last = closing_from(text, lines, starts, plan.headings)
    articles = tuple(_articles(text, lines[:last], starts, plan))
    return replace(
        document,
        sections=tuple(_sections(text, lines[:last], starts, plan)),
        articles=articles,
        opening=Quote.of(text, 0, articles[0].body.start) if articles else None,
        closing=Quote.of(text, lines[last].start, lines[-1].end) if last < len(lines) else None,
    )


def articles_within(text: str, span: Quote) -> tuple[Article, ...]:
    """The articles of a piece of the text that stands for itself: its numbered items, or else the whole piece as number 1."""
    lines = main_lines(text, tuple(line for line in lines_of(text) if span.start <= line.start and line.end <= span.end))
    plan = plan_of(text, lines)
    if plan is None:
        return (Article("1", Quote(span.start, span.start, ""), None, None, span),) if span.text else ()
    starts = [at for at, line in enumerate(lines) if line.label and line.label.style is plan.articles]
    starts = sorted([*starts, *_lone_headings(text, lines, plan)])
    return tuple(_articles(text, lines, starts, plan))


def _paragraphs(text: str, lines: tuple[Line, ...]) -> Iterator[Article]:
    """Without numbering, each paragraph that promises something stands as an article, numbered in order, its label empty."""
    promising = [line for line in lines if line.label is None and promises(line.of(text)) and line.of(text).endswith("。")]
    for number, line in enumerate(promising, start=1):
        yield Article(str(number), Quote(line.start, line.start, ""), None, None, Quote.of(text, line.start, line.end))


def _lone_headings(text: str, lines: tuple[Line, ...], plan: Plan) -> Iterator[int]:
    """Headings with text of their own and no article below are articles too, where numbering starts again in each section."""
    if plan.articles is Style.CLAUSE or runs_through(text, lines, plan.articles):
        return
    marks = [at for at, line in enumerate(lines) if line.label and line.label.style in {plan.articles, *plan.headings}]
    for at, after in pairwise([*marks, len(lines)]):
        label, below = lines[at].label, lines[after].label if after < len(lines) else None
        if label is None or label.style is plan.articles or not label.number or is_annex(lines[at].said(text)):
            continue
        lone = below is None or below.style <= label.style
        if lone and (after > at + 1 or not is_heading(text, lines[at])):
            yield at


def _sections(text: str, lines: tuple[Line, ...], starts: list[int], plan: Plan) -> Iterator[Section]:
    styles = sorted({line.label.style for line in lines if line.label and line.label.style in plan.headings})
    chosen = set(starts)
    for at, line in enumerate(lines):
        if at not in chosen and line.label and plan.heads(line):
            yield Section(
                text[line.label.start : line.label.end], styles.index(line.label.style), Quote.of(text, line.start, line.end)
            )


def _articles(text: str, lines: tuple[Line, ...], starts: list[int], plan: Plan) -> Iterator[Article]:
    section: dict[Style, Quote] = {}
    chosen = set(starts)
    marks = [at for at, line in enumerate(lines) if at in chosen or plan.heads(line)]
    for at in marks:
        label = lines[at].label
        if label is None:
            continue
        if at in chosen:
            after = bisect_left(marks, at + 1)
            end = marks[after] if after < len(marks) else len(lines)
            yield _article(text, lines[at:end], label, section[max(section)] if section else None)
        if label.style in plan.headings:
            section = {style: quote for style, quote in section.items() if style < label.style}
            if at not in chosen:
                section[label.style] = Quote.of(text, lines[at].start, lines[at].end)


def _article(text: str, lines: tuple[Line, ...], label: Label, section: Quote | None) -> Article:
    return Article(
        number=str(label.number),
        label=Quote.of(text, label.start, label.end),
        section=section,
        title=_title(text, lines, label.end),
        body=Quote.of(text, lines[0].start, lines[-1].end),
    )


def _title(text: str, lines: tuple[Line, ...], start: int) -> Quote | None:
    first = lines[0]
    while start < first.end and text[start].isspace():
        start += 1
    ends = text.find("\n", start, first.end)
    end = first.end if ends < 0 else ends
    said = shadow(text[start:end])
    more = len(lines) > 1 or end < first.end
    clause = first.label is not None and first.label.style is Style.CLAUSE
    span = _bracketed(said, clause=clause) or _inline(said, more=more, clause=clause)
    if span:
        return Quote.of(text, start + span[0], start + span[1]) if span[1] else None
    if more and len(said.strip()) > 1 and is_heading(text, Line(start, end, None)) and not _LIST_FOLLOWS.search(said):
        return Quote.of(text, start, end - said.rstrip().endswith(("。", ":")))
    return None


def _bracketed(said: str, *, clause: bool) -> tuple[int, int] | None:
    """第五条【支持标准】… or 第五条（支持标准）…"""
    match = _BRACKETED.match(said) if clause else None
    return match.span(match.lastindex or 0) if match else None


def _inline(said: str, *, more: bool, clause: bool) -> tuple[int, int] | None:
    """A title and its text on one line, parted by 。 : or a wide blank; (0, 0) where that sentence is no title."""
    match = _INLINE_TITLE.match(said)
    if match and (match.end() < len(said.rstrip()) or more):
        sentence = clause and match.end() > _LONGEST_CLAUSE_TITLE  # a regulation's first sentence
        return (0, 0) if sentence or _NOT_A_TITLE.search(match.group()) else (0, match.end() - 1)
    for pattern in (_SPACED,) if clause else (_SPACED, _NAMED):
        match = pattern.match(said)
        if match and len(said) > match.end() and not _NOT_A_TITLE.search(match.group()):
            return 0, len(match.group().rstrip(" :"))
    return None
