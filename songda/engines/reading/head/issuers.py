"""Who issued a document 发文机关: from fields, titles, signatures and press lines, verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from songda.engines.reading.document import Document, Named, Quote
from songda.engines.reading.head.head_fields import FIELD, PASSED, SIGNED, SITE, issue_fields
from songda.engines.reading.head.titles import Titles
from songda.engines.reading.language.lines import Line
from songda.engines.reading.language.numerals import shadow

_UNIT = r"(?:人民政府办公[厅室]|人民政府|委员会|委|局|厅|部|办公[厅室]|银行|支行|分行|管委会|署|院|中心|总局|总行|海关|监会|工会|工商联|联合会)"
_PREFIX = re.compile(rf"^((?:中共)?[\u4e00-\u9fa5 \u3000、]{{2,80}}?{_UNIT})\s*(?:印发|转发|关于|《)")
_SIGNATURE = re.compile(rf"[^。,，;:、\d]{{1,40}}?{_UNIT}(?:\(章\))?")
_SOURCE = re.compile(
    rf"(?:文章来源|信息来源|来源)\s*:\s*(?P<who>[\u4e00-\u9fa5]{{2,30}}{_UNIT})(?:官网|网站|官方网站|微信公众号)?\s*$"
)
_HEAD_LINES = 20
_BETWEEN = re.compile(r"[ \u3000、\n]+|(?<=县委|市委|区委|省委|党委|工委|员会)(?=[\u4e00-\u9fa5]{2,}政府)")


def issuers(document: Document, lines: Sequence[Line], titles: Titles) -> tuple[Named, ...]:
    """The units that issued the document; where nothing else names them, the unit that interprets it or the source of a press page."""
    text = document.text
    if document.genre == "card":
        return tuple(name for one in issue_fields(document, "机构", "机关", "单位") for name in _names(text, one.start, one.end))
    places = (
        _prefix(text, titles.chosen),
        _lawgivers(text, lines),
        _signatures(text, lines),
        *(_prefix(text, title) for title in titles.found),
        _field_names(text, lines),
        _interpreters(document),
        _source(text, lines),
    )
    return next((names for place in places if (names := tuple(place))), ())


def _prefix(text: str, title: Named | None) -> Iterator[Named]:
    match = _PREFIX.match(shadow(title.value)) if title else None
    if title and match:
        yield from _names(text, title.quote.start, _end_in(title, match.end(1)))


def _lawgivers(text: str, lines: Sequence[Line]) -> Iterator[Named]:
    """The body that passed a law, as its head says."""
    for line in lines[:_HEAD_LINES]:
        match = PASSED.match(line.plain(text))
        if match:
            yield from _names(text, line.start + match.start("who"), line.start + match.end("who"))
            return


def _interpreters(document: Document) -> Iterator[Named]:
    if document.interpreter:
        yield from _names(document.text, document.interpreter.start, document.interpreter.end)


def _signatures(text: str, lines: Sequence[Line]) -> Iterator[Named]:
    """The units signed beside the last day, and on the lines above it."""
    for at in range(len(lines) - 1, -1, -1):
        said = lines[at].plain(text)
        signed = None if lines[at].label or SITE.match(said) else SIGNED.fullmatch(said)
        alone = signed is None and _is_signature(text, lines[at]) and at >= len(lines) // 2
        if not signed and not alone:
            continue
        first = at
        while first and _is_signature(text, lines[first - 1]):
            first -= 1
        end = lines[at].start + (signed.end("who") if signed else len(said))
        if (signed and signed["who"].strip()) or first < at or alone:
            yield from _names(text, lines[first].start, end)
            return


def _is_signature(text: str, line: Line) -> bool:
    return line.label is None and _SIGNATURE.fullmatch(line.plain(text).strip()) is not None


def _field_names(text: str, lines: Sequence[Line]) -> Iterator[Named]:
    for line in lines[:_HEAD_LINES]:
        for stated in FIELD.finditer(line.plain(text)):
            if stated["name"].startswith("发") and stated["name"][-1] in "构关" and stated["value"]:
                yield from _names(text, line.start + stated.start("value"), line.start + stated.end("value"))
                return


def _source(text: str, lines: Sequence[Line]) -> Iterator[Named]:
    for line in lines[:_HEAD_LINES]:
        match = _SOURCE.match(line.plain(text))
        if match:
            yield from _names(text, line.start + match.start("who"), line.start + match.end("who"))
            return


def _names(text: str, start: int, end: int) -> Iterator[Named]:
    at = start
    for mark in [*_BETWEEN.finditer(text, start, end), None]:
        quote = Quote.of(text, at, mark.start() if mark else end)
        if quote.text:
            yield Named(quote.text, quote)
        at = mark.end() if mark else end


def _end_in(title: Named, length: int) -> int:
    """Where the first `length` characters of a joined title end in the text."""
    at, seen = title.quote.start, 0
    for sign in title.quote.text:
        if seen == length:
            break
        at += 1
        seen += 1 if seen < len(title.value) and sign == title.value[seen] else 0
    return at
