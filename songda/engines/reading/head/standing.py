"""Sentences in which a document speaks of itself 本政策…: in its closing, then in its last articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.reading.document import Document, Quote
from songda.engines.reading.language.clauses import sentences
from songda.engines.reading.language.numerals import shadow

_CLOSING = re.compile(
    r"本(?:政策|措施|若干|通知|意见|实施|办法|规定|细则|方案|文件|公告|条例)|以上|上述|有效期|执行期|施行期|执行期限|政策期限"
)
_ARTICLE = re.compile(
    r"本(?:政策|措施|若干|通知|意见|实施意见|实施细则|办法|规定|细则|方案|文件|公告|条例)|(?:以上|上述)(?:各项)?(?:政策|措施|条款|意见)|^有效期"
)
_LAST = 8


def standing(document: Document, wanted: re.Pattern[str]) -> Iterator[Quote]:
    """Sentences of the closing, then of articles about the document itself, that speak of what is wanted."""
    places = [(document.closing, _CLOSING)] if document.closing else []
    places += [(article.body, _ARTICLE) for article in document.articles[-_LAST:]]
    if not document.articles:
        places = [(Quote(0, len(document.text), document.text), _ARTICLE)]
    for place, subject in places:
        for start, end in sentences(document.text, place.start, place.end):
            said = shadow(document.text[start:end])
            if subject.search(said) and wanted.search(said):
                yield Quote.of(document.text, start, end)
