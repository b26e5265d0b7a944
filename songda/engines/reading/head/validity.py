"""Validity 有效期: from when and until when a document holds, as calendar days, as a length (3 月), and in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from songda.engines.reading.document import Document, Named, Quote
from songda.engines.reading.head.standing import standing
from songda.engines.reading.language.numerals import HAN, arabic, shadow
from songda.engines.reading.values.dates import dates

_FROM_ISSUE = re.compile(r"自?(?:本[\u4e00-\u9fa5]{2,6})?(?:印发|发布|公布|下发|颁布|发文|出台)之?日(?:起|后)")
_LATER = re.compile(r"之?日(?:起)?(?:\d+|[一二三四五六七八九十]+)(?:个工作)?[日天]后")
_VALIDITY = re.compile(
    r"有效期(?!内)|执行期|施行期|(?:起|后)(?:正式)?(?:施行|实施|执行|生效)|之日起|期限|截止时间|试行期|执行至|(?:印发|发布|公布)之日|期间有效|停止执行|废止"
)
_TERM = re.compile(r"有效期|执行|施行|实施|期限")
_LENGTH = re.compile(
    rf"(?:有效期|执行期|施行期|试行期|试行|暂行|期限|暂定|(?:施行|实施|执行)(?=\d|[{HAN}]))[^，。；;,\d]{{0,16}}?(?P<value>\d{{1,2}}|[{HAN}]{{1,3}})\s*(?P<unit>年|个?月|日|天)(?!\s*\d|底|末|度|份|[{HAN}]+月|以[前后])"
)
_ENDS = {"from": "from", "until": "until", "by": "until"}
_UNITS = {"年": "年", "月": "月", "个月": "月", "日": "日", "天": "日"}


def validity(document: Document) -> Document:
    """The document with when it holds: from, until, for how long, and the words that say so."""
    said = list(standing(document, _VALIDITY))
    year = document.issue_date.year if document.issue_date else None
    bounds = [bound for quote in said for bound in _bounds(document.text, quote, year)]
    start = next((named for end, named in bounds if end == "from"), None) or _from_issue(document, said)
    until = next((named for end, named in bounds if end == "until"), None)
    lengths = (length for quote in said if (length := _length(quote)))
    return replace(
        document,
        valid_from=start,
        valid_until=until,
        validity=said[0] if said else None,
        validity_duration=None if until else next(lengths, None),
    )


def _bounds(text: str, quote: Quote, year: int | None) -> Iterator[tuple[str, Named]]:
    """The days a sentence gives for its document's beginning (`from`) and end (`until`)."""
    for moment in dates(text, quote.start, quote.end, year):
        if moment.last and _TERM.search(shadow(quote.text)):
            yield "from", Named(moment.first, moment.mark)
            yield "until", Named(moment.last, moment.mark)
        elif moment.role in _ENDS:
            yield _ENDS[moment.role], Named(moment.last or moment.first, moment.mark)


def _from_issue(document: Document, said: list[Quote]) -> Named | None:
    """自发布之日起: the day of issue, unless the document begins some days after it."""
    if not document.issued_on:
        return None
    since = next((quote for quote in said if _FROM_ISSUE.search(shadow(quote.text))), None)
    if since is None or _LATER.search(shadow(since.text)):
        return None
    return Named(document.issued_on.value, since)


def _length(quote: Quote) -> tuple[Decimal, str] | None:
    match = _LENGTH.search(shadow(quote.text))
    value = arabic(match["value"]) if match else None
    return (value, _UNITS[match["unit"]]) if match and value else None
