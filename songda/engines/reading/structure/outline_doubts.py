"""Doubts 疑点 about numbering and frame: what a person should compare with the original before anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

from songda.engines.reading.document import Article, Document, Doubt, Quote
from songda.engines.reading.language.lines import lines_of

_LONG, _TIMES, _EMPTY, _SHOWN = 2000, 8, 4, 60
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条|[一二三四五六七八九十]+、")
_FEWEST = 3
_REGULAR = frozenset({"measures", "regulation"})


def outline_doubts(document: Document) -> Document:
    """The document with doubts about lost, repeated and falling numbers, articles of odd length, and what its frame lacks."""
    found = (*_numbering(document), *_lengths(document), *_frame(document), *_attached(document))
    return replace(document, doubts=(*document.doubts, *found))


def _numbering(document: Document) -> Iterator[Doubt]:
    articles = document.articles
    if articles and document.genre != "card" and all(not one.label.text for one in articles):
        yield Doubt("numbering", 4, "全文没有序号，按有支持内容的段落分条。请核对分条是否合适。", _head(articles[0]))
        return
    for before, after in pairwise(articles):
        number, last = int(after.number), int(before.number)
        if not after.label.text and document.genre != "card":
            message = f"这一段没有序号，按前后序号推断为第 {number} 条。请与原文核对。"
            yield Doubt("numbering", 6, message, _head(after))
        elif number > last + 1 and not _apart(before, after):
            message = f"第 {last} 条之后是第 {number} 条，中间缺序号。请核对原文是否漏条。"
            yield Doubt("numbering", 5, message, _head(after))
        elif number <= last and document.genre != "card" and not _apart(before, after):
            message = f"第 {last} 条之后又出现第 {number} 条。请核对是否重复，或是正文内的分项。"
            yield Doubt("numbering", 6, message, _head(after))


def _apart(before: Article, after: Article) -> bool:
    """Do the two stand under different headings, or carry labels of different styles (headings that are articles too)?"""
    return before.section != after.section or before.label.text[-1:] != after.label.text[-1:]


def _lengths(document: Document) -> Iterator[Doubt]:
    sizes = [len(one.body.text) for one in document.articles]
    usual = median(sizes) if sizes else 0
    for article, size in zip(document.articles, sizes, strict=True):
        if size > max(_LONG, _TIMES * usual):
            yield Doubt("numbering", 4, f"这一条有 {size} 字，远长于其他各条。请核对其中是否还有未分出的条款。", _head(article))
        elif size - len(article.label.text) < _EMPTY:
            yield Doubt("numbering", 5, "这一条几乎没有内容。请核对是否被错误分条。", _head(article))


def _frame(document: Document) -> Iterator[Doubt]:
    top = Quote.of(document.text, 0, min(len(document.text), _SHOWN))
    if not document.articles:
        yield Doubt("layout", 8, "没有读出条款。请确认文件含有政策正文，或手工分条。", top)
    if document.title is None:
        yield Doubt("frame", 5, "没有读出标题。请补填。", top)
    if document.genre not in _REGULAR:
        return
    if not document.issuers:
        yield Doubt("frame", 4, "正文没有写明发文机关。请补填。", top)
    if document.issued_on is None:
        relative = document.validity is not None and "之日" in document.validity.text
        said = "有效期从发文之日起算，但正文没有成文日期。请补填。" if relative else "正文没有写明成文日期。请补填。"
        yield Doubt("frame", 6 if relative else 4, said, document.validity if relative and document.validity else top)


def _attached(document: Document) -> Iterator[Doubt]:
    """Attachments whose own text is in articles are not read with the document."""
    if document.closing is None:
        return
    lines = [line for line in lines_of(document.text) if line.start >= document.closing.start]
    numbered = [line for line in lines if _ARTICLE.match(line.of(document.text))]
    if len(numbered) >= _FEWEST:
        message = "正文之后的附件另有条文，没有分条。如果也是政策，请另存为单独文件读入。"
        yield Doubt("layout", 5, message, Quote.of(document.text, numbered[0].start, numbered[0].end))


def _head(article: Article) -> Quote:
    said = article.body.text[:_SHOWN].rstrip()
    return Quote(article.body.start, article.body.start + len(said), said)
