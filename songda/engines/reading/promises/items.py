"""Items 分项 of a field or a list: one a line, or one a ； / 。 on a line; and whether a document is about one matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.reading.document import Document, Quote
from songda.engines.reading.language.clauses import parts_at
from songda.engines.reading.language.numerals import shadow

_NUMBER = re.compile(r"\s*(?:\(?[一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.](?!\d)|[①-⑳])\s*")
_FEW = 8


def items_of(text: str, start: int, end: int) -> Iterator[Quote]:
    """The items of the span, without their numbers and marks; lines that only announce (…以下条件：) are left out."""
    plain = shadow(text)
    for left, right in parts_at(text, start, end, "。；;"):
        number = _NUMBER.match(plain, left, right)
        low = number.end() if number else left
        quote = Quote.of(text, low, right)
        said = quote.text.rstrip("。；;，,")
        if said and not said.endswith(("：", ":")):
            yield Quote(quote.start, quote.start + len(said), said)


def only_matter(document: Document) -> bool:
    """Is the document a card or a guide for one matter, so that its fields are for each of its measures?"""
    count = sum(len(article.measures) for article in document.articles)
    return 0 < count <= _FEW and document.genre in ("card", "guide")
