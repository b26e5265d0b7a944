"""The number 文号 of a document and its day of issue 成文日期: from fields, signatures and press lines, verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from songda.engines.reading.document import Document, Named, Quote
from songda.engines.reading.head.head_fields import FIELD, PASSED, SIGNED, SITE, issue_fields
from songda.engines.reading.head.numbers import number_in
from songda.engines.reading.language.lines import Line
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.values.dates import dates

_ISO = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")
_SOURCE_LINE = re.compile(r"\s*(?:文章来源|信息来源|来源)\s*:")
_POSTED = re.compile(r"\s*(?:发布日期|发布时间|时间|日期)?\s*:?\s*((?:19|20)\d{2}[-/年])")
_LONGEST_TITLE, _WHOLE_DAY = 160, len("2020-02-04")


def document_number(document: Document, head: Sequence[Line]) -> Named | None:
    """The document's own number: a field of the card, else the first in its head that is not cited."""
    text = document.text
    if document.genre == "card":
        return next(
            (named for one in issue_fields(document, "字号", "文号") if (named := _number(text, one.start, one.end))), None
        )
    for line in head:
        said = line.plain(text)
        span = number_in(said)
        cited = span and "《" in said[: span[0]].rpartition("》")[2]
        if span and not said.endswith(("。", ":")) and not cited and len(said) < _LONGEST_TITLE:
            return _number(text, line.start, line.end)
        stated = FIELD.search(said)
        while stated:
            if stated["name"].endswith("号") and stated["value"] and number_in(stated["value"]):
                return _number(text, line.start + stated.start("value"), line.start + stated.end("value"))
            stated = FIELD.search(said, stated.end())
    return None


def _number(text: str, start: int, end: int) -> Named | None:
    span = number_in(shadow(text[start:end]))
    if not span:
        return None
    quote = Quote.of(text, start + span[0], start + span[1])
    return Named(quote.text, quote)


def issued_on(document: Document, lines: Sequence[Line], head: Sequence[Line]) -> Named | None:
    """The day a field states, else that of the signature in the notice around the text, else the last signature,
    else the day a press page names beside its source."""
    text = document.text
    if document.genre == "card":
        return next((day for one in issue_fields(document, "日期") for day in _days(text, one.start, one.end)), None)
    stated = _stated(text, head) or _passed(text, head)
    if stated:
        return stated
    signed = [named for line in lines if (named := _signed(text, line))]
    # 2020年2月7日印发 at the foot is the printer's day; the signature's goes before it.
    signed = [one for one in signed if not text.startswith("印发", one.quote.end)] or signed
    before = [one for one in signed if head and one.quote.start < head[-1].end]
    return next(iter([*before[:1], *signed[-1:]]), None) or _posted(text, head)


def _stated(text: str, head: Sequence[Line]) -> Named | None:
    """The day a field states. 发布日期 is a web page's own day unless the page also states who issued the document, or its number."""
    places = [(at, field) for at, line in enumerate(head) for field in FIELD.finditer(line.plain(text))]
    fields = [(at, field) for at, field in places if field.start() == 0 or field["value"]]
    official = any(field["name"].startswith(("发文", "发布机", "文号")) for _, field in fields)
    for at, field in fields:
        if field["name"].endswith("日期") and (official or field["name"] != "发布日期"):
            end = head[min(at + 1, len(head) - 1)].end if not field["value"] else head[at].end
            day = next(_days(text, head[at].start + field.end("name"), end), None)
            if day:
                return day
    return None


def _passed(text: str, head: Sequence[Line]) -> Named | None:
    """The day a law was passed, or last revised, as its head says."""
    lines = [line for line in head if PASSED.match(line.plain(text))]
    return next(_days(text, lines[-1].start, lines[-1].end), None) if lines else None


def _signed(text: str, line: Line) -> Named | None:
    said = line.plain(text)
    if SITE.match(said) or line.label or not SIGNED.fullmatch(said):
        return None
    return next(reversed(list(_days(text, line.start, line.end))), None)


def _posted(text: str, head: Sequence[Line]) -> Named | None:
    """A press page names its day beside its source."""
    if not any(_SOURCE_LINE.match(line.plain(text)) for line in head):
        return None
    return next((day for line in head if _POSTED.match(line.plain(text)) for day in _days(text, line.start, line.end)), None)


def _days(text: str, start: int, end: int) -> Iterator[Named]:
    iso = _ISO.search(text, start, end)
    if iso:
        yield Named(iso.group(), Quote.of(text, *iso.span()))
    for moment in dates(text, start, end, None):
        if len(moment.first) == _WHOLE_DAY:
            yield Named(moment.first, moment.mark)
