"""Outline 结构: which numbering level carries the articles, which lines are headings above them, and where each article ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from songda.engines.reading.benefits import promises
from songda.engines.reading.document import Article, Document, Quote, Section
from songda.engines.reading.headings import is_administrative
from songda.engines.reading.lines import Line, Style, lines_of
from songda.engines.reading.numerals import shadow
from songda.engines.reading.tail import closing_from

_ATTACHED = re.compile(r"附\s*(?:件|表)\s*\d{0,2}\s*(?::|$|\d)")
_INLINE_TITLE = re.compile(r"[^。;:\n]{2,40}。")
_NOT_A_TITLE = re.compile(
    r"\d\s*(?:%|‰|万|亿|元|年|个)|^(?:本|为|对|依据|根据|自|凡|经|按照?|各|由|以上|上述|企业|申请)|的,|的，|负责|应当|不得"
)
_LONGEST_HEADING = 45
_FEWEST_INNER = 2


@dataclass(frozen=True, slots=True)
class _Plan:
    """The styles that carry articles and headings."""

    articles: Style
    headings: frozenset[Style]


def outline(document: Document) -> Document:
    """the document with its sections, articles and closing."""
    text = document.text
    lines = _labelled(text, lines_of(text))
    plan = _plan(text, lines)
    if plan is None:
        return replace(document, articles=tuple(_paragraphs(text, lines)))
    starts = [at for at, line in enumerate(lines) if line.label and line.label.style is plan.articles]
    starts += _lone_headings(text, lines, plan)
    starts.sort()
    last = closing_from(text, lines, starts, plan.headings)
    articles = tuple(_articles(text, lines[:last], starts, plan))
    opening = Quote.of(text, 0, articles[0].body.start) if articles else None
    closing = Quote.of(text, lines[last].start, lines[-1].end) if last < len(lines) else None
    return replace(
        document, sections=tuple(_sections(text, lines[:last], starts, plan)), articles=articles, opening=opening, closing=closing
    )


def _paragraphs(text: str, lines: tuple[Line, ...]) -> Iterator[Article]:
    """Without numbering, each paragraph that promises something stands as an article, numbered in order, its label empty."""
    promising = [line for line in lines if line.label is None and promises(line.of(text)) and line.of(text).endswith("。")]
    for number, line in enumerate(promising, start=1):
        yield Article(str(number), Quote(line.start, line.start, ""), None, None, Quote.of(text, line.start, line.end))


def _labelled(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    # A list of attachments looks like articles: "附件：1.…" and the numbered short lines after it.
    listing = False
    found: list[Line] = []
    for line in lines:
        said = shadow(line.of(text))
        if _ATTACHED.match(said):
            listing = True
        elif not line.label or line.end - line.start > 60 or said.endswith("。"):
            listing = False
        found.append(replace(line, label=None) if listing else line)
    return tuple(found)


def _plan(text: str, lines: tuple[Line, ...]) -> _Plan | None:
    counts = Counter(line.label.style for line in lines if line.label)
    if counts[Style.CLAUSE] > 1:
        above = (Style.CHAPTER, Style.HAN, Style.HAN_BRACKET)
        return _Plan(Style.CLAUSE, frozenset(style for style in above if _is_above(lines, style)))
    ranked = [style for style in Style if Style.CLAUSE < style <= Style.ARABIC and counts[style] > 1]
    if not ranked:
        inner = next((style for style in Style if style > Style.ARABIC and counts[style] > _FEWEST_INNER), None)
        return _Plan(inner, frozenset()) if inner else None
    return _deepest(text, lines, ranked)


def _deepest(text: str, lines: tuple[Line, ...], ranked: list[Style]) -> _Plan:
    """The deepest style that runs through, else the one below plain headings, else the outermost."""
    for style in reversed(ranked[1:]):
        if _runs_through(lines, style) or (style is ranked[1] and _under_plain_headings(text, lines, ranked[0], style)):
            return _Plan(style, frozenset(other for other in Style if other < style))
    return _Plan(ranked[0], frozenset({Style.CHAPTER}))


def _is_above(lines: tuple[Line, ...], style: Style) -> bool:
    # 一、 stands above 第X条 when every one of its lines is followed by an article or by a lower heading, not by text.
    labelled = [(line, after) for line, after in pairwise(lines) if line.label and line.label.style is style]
    return bool(labelled) and all(after.label for _, after in labelled)


def _runs_through(lines: tuple[Line, ...], style: Style) -> bool:
    """Does the numbering of `style` go on across the headings above it?"""
    carried = 0
    last = 0
    heading = False
    for line in lines:
        if not line.label or line.label.style > style:
            continue
        if line.label.style is style:
            if heading and last and line.label.number == 1:
                return False
            carried += heading and last > 0 and line.label.number > last
            last, heading = line.label.number, False
        else:
            heading = True
    return carried > 0


def _under_plain_headings(text: str, lines: tuple[Line, ...], above: Style, style: Style) -> bool:
    """Are most lines of `above` short headings with lines of `style` straight below?"""
    heads = [(line, after) for line, after in pairwise(lines) if line.label and line.label.style is above]
    plain = sum(1 for line, after in heads if _is_heading(text, line) and after.label is not None and after.label.style is style)
    below = sum(1 for line in lines if line.label and line.label.style is style)
    return 2 * plain > len(heads) or (plain > 0 and below > 2 * len(heads))


def _is_heading(text: str, line: Line) -> bool:
    said = line.of(text).rstrip("。")
    return len(said) <= _LONGEST_HEADING and not re.search(r"[。；;]", said)


def _lone_headings(text: str, lines: tuple[Line, ...], plan: _Plan) -> Iterator[int]:
    """Headings that promise something in text of their own and hold no article: they are articles too (restarting numbering only)."""
    if plan.articles is Style.CLAUSE or _runs_through(lines, plan.articles):
        return
    styles = [line.label.style if line.label else None for line in lines]
    heads = _outermost(styles, plan)
    for at, after in pairwise([*heads, len(lines)]):
        alone = plan.articles not in styles[at + 1 : after] and not is_administrative(lines[at].of(text))
        if alone and promises(text[lines[at].start : lines[after - 1].end]):
            yield at


def _outermost(styles: list[Style | None], plan: _Plan) -> list[int]:
    """The lines of the outermost heading style that the text uses."""
    outer = min((style for style in set(styles) if style is not None and style in plan.headings), default=None)
    return [at for at, style in enumerate(styles) if style is outer and outer is not None]


def _sections(text: str, lines: tuple[Line, ...], starts: list[int], plan: _Plan) -> Iterator[Section]:
    styles = sorted({line.label.style for line in lines if line.label and line.label.style in plan.headings})
    chosen = set(starts)
    for at, line in enumerate(lines):
        if at not in chosen and line.label and line.label.style in plan.headings:
            yield Section(
                text[line.label.start : line.label.end], styles.index(line.label.style), Quote.of(text, line.start, line.end)
            )


def _articles(text: str, lines: tuple[Line, ...], starts: list[int], plan: _Plan) -> Iterator[Article]:
    section: dict[Style, Quote] = {}
    chosen = set(starts)
    for at, line in enumerate(lines):
        if line.label is None:
            continue
        if at in chosen:
            end = next(
                (after for after in range(at + 1, len(lines)) if after in chosen or _heads(lines[after], plan)), len(lines)
            )
            yield _article(text, lines[at:end], section[max(section)] if section else None)
        elif line.label.style in plan.headings:
            section = {style: quote for style, quote in section.items() if style < line.label.style}
            section[line.label.style] = Quote.of(text, line.start, line.end)


def _heads(line: Line, plan: _Plan) -> bool:
    return line.label is not None and line.label.style in plan.headings


def _article(text: str, lines: tuple[Line, ...], section: Quote | None) -> Article:
    label = lines[0].label
    if label is None:
        raise ValueError("an article begins with a label")
    return Article(
        number=str(label.number),
        label=Quote.of(text, label.start, label.end),
        section=section,
        title=_title(text, lines, label.end),
        body=Quote.of(text, lines[0].start, lines[-1].end),
    )


def _title(text: str, lines: tuple[Line, ...], start: int) -> Quote | None:
    first = lines[0]
    said = shadow(text[start : first.end])
    inline = _INLINE_TITLE.match(said)
    if inline and (inline.end() < len(said.rstrip()) or len(lines) > 1):
        title = Quote.of(text, start, start + inline.end() - 1)
        return None if _NOT_A_TITLE.search(shadow(title.text)) else title
    if len(lines) > 1 and _is_heading(text, first) and len(said.strip()) > 1:
        return Quote.of(text, start, first.end - said.rstrip().endswith("。"))
    return None
