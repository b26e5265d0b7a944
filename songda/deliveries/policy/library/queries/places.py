"""Places in a text 位置: what a person selected, and where a clause may be cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from songda.deliveries.policy.library.models import Article, Document, MeasureVersion
from songda.deliveries.policy.library.queries.desk import piece_of
from songda.engines.reading.document import Quote

_BREAK = re.compile(r"[。；;！？，\n]")
_SHOWN = 18  # characters of each side


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a clause may be cut, with the words on both sides; `strong` at the end of a sentence."""

    at: int
    before: str
    after: str
    strong: bool


def breaks_of(version: MeasureVersion, document_id: int) -> list[Break]:
    """Where the clauses of a draft in a document may be cut, in the order of the text."""
    sources = version.sources.filter(role="clause", article__document=document_id).order_by("start")
    return [one for source in sources for one in _breaks(source.quote, source.start)]


def _breaks(quote: str, start: int) -> Iterator[Break]:
    for found in _BREAK.finditer(quote):
        before, after = quote[: found.end()].strip(), quote[found.end() :].strip()
        if before and after:
            yield Break(start + found.end(), before[-_SHOWN:], after[:_SHOWN], found[0] != "，")


def document_of(version: MeasureVersion) -> int:
    """The document a version stands on: the first, where it stands on several; 0 without a source."""
    return version.sources.order_by("pk").values_list("article__document_id", flat=True).first() or 0


def chosen_in(article: Article, given: Mapping[str, str]) -> tuple[int, int]:
    """The piece of an article that a form names: by `start` and `end`, blanks at its edges aside, or by its words (`quote`)."""
    found = chosen_of(article.document, given)
    return found or piece_of(article, given.get("quote", ""))


def chosen_of(document: Document, given: Mapping[str, str]) -> tuple[int, int] | None:
    """The piece of a document named by `start` and `end`, blanks at its edges aside; None where they name none."""
    start, end = given.get("start", ""), given.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(document.text)):
        return None
    quote = Quote.of(document.text, int(start), int(end))
    return (quote.start, quote.end) if quote.text else None
