"""Genre 体裁: what sort of text a document is, from its numbering, its labels and its words."""

from __future__ import annotations

import re
from dataclasses import replace

from songda.engines.reading.document import Article, Document
from songda.engines.reading.language.field_words import kind_of_label
from songda.engines.reading.language.numerals import shadow

_CLAUSE = re.compile(r"第.+条")
_GUIDE = re.compile(r"指南|指引|须知|办事|申[报请领]|受理|认定|征集|条件及|流程|程序")
_PRESS = re.compile(r"记者|据(?:了解|介绍|悉)|介绍说|责任编辑|新闻发布会|本报讯|来源:\S{2,20}(?:报|网|社)\s*$", re.MULTILINE)
_ASKED = re.compile(r"^\s*(?:问|Q)\s*\d{0,2}\s*:|[?？]\s*$")
_TELLING = frozenset({"who", "conditions", "papers", "process", "time"})
_SURELY = re.compile(r"(?:指南|指引|须知|办事流程|申报通知)(?:\(.{1,12}\))?$")
_FEW, _MANY = 2, 3


def genre(document: Document) -> Document:
    """The document with its genre; a card is known already."""
    return document if document.genre == "card" else replace(document, genre=_genre(document))


def _genre(document: Document) -> str:
    articles = document.articles
    if articles and 2 * sum(1 for one in articles if _asks(one)) > len(articles):
        return "qa"
    if articles and 2 * sum(1 for one in articles if _CLAUSE.fullmatch(one.label.text)) > len(articles):
        return "regulation"
    told = len({kind for one in document.fields if (kind := kind_of_label(one.label)) in _TELLING})
    title = document.title.value if document.title else ""
    if _SURELY.search(shadow(title)) or told >= _MANY or (told >= _FEW and _GUIDE.search(title)):
        return "guide"
    return "digest" if not document.number and _PRESS.search(shadow(document.text)) else "measures"


def _asks(article: Article) -> bool:
    first = article.body.text.split("\n", 1)[0]
    return _ASKED.search(shadow(first)) is not None
