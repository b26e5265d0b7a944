"""Measures 措施: an article's promises, one by one, each with who, what, conditions, figures and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.benefits import benefit_of, kind_of, promises
from songda.engines.reading.clauses import Span, parts_at
from songda.engines.reading.conditions import beneficiary, conditions
from songda.engines.reading.dates import dates
from songda.engines.reading.departments import blocks
from songda.engines.reading.document import Article, Document, Measure, Quote
from songda.engines.reading.figures import figures
from songda.engines.reading.numerals import shadow
from songda.engines.reading.purpose import purpose

_CHANNEL = re.compile(
    r"(?:通过|登录|依托|发挥|拨打|向)(?P<name>[^，。；;、]{2,30}?(?:平台|网站|网|APP|小程序|热线|专席|公众号|窗口|系统|税务机关|税务部门))|(?P<free>免申即享|免申报|免除申报手续(?:直接)?(?:返还|享受)?)"
)
_GIVING = re.compile(
    r"给予|予以|奖励|补助|补贴|资助|贴息|减免|减半|免收|免征|免除|停征|返还|退还|享受|优先|缓缴|缓收|扣除|延期|展期|续贷|不得|提供|准予|允许|降低|下浮"
)
_PENALTY = re.compile(r"严肃查处|依法(?:查处|处罚|追究)|追回|取消其")
_SEQUEL = re.compile(
    r"^(?:其中|上述|以上|具体|返还金额|补贴(?:标准|期限)|奖励(?:额度|金额)|最高|最长|期限|缓缴期|同一|单个|每[家户年个])"
)


def measures(document: Document) -> Document:
    """The document with the kind of each article and, where it promises something, its measures."""
    regulation = sum(1 for article in document.articles if article.label.text.startswith("第")) > len(document.articles) / 2
    return replace(
        document, articles=tuple(_with_measures(document, article, regulation=regulation) for article in document.articles)
    )


def _with_measures(document: Document, article: Article, *, regulation: bool) -> Article:
    kind = purpose(document, article, regulation=regulation)
    if kind != "measures":
        return replace(article, kind=kind)
    year = document.issue_date.year if document.issue_date else None
    found = tuple(_measure(document.text, span, year) for span in _spans(document.text, article))
    return replace(article, kind="measures" if found else "general", measures=found)


def _spans(text: str, article: Article) -> Iterator[Span]:
    """One span a promise: sentences and ；-parts; a part that promises nothing of its own goes with the one before."""
    start = article.title.end if article.title else article.label.end
    while start < article.body.end and text[start] in "。. \u3000\n":
        start += 1
    yield from _gathered(text, parts_at(text, start, next((b.start for b in blocks(text, article)), article.body.end), "。！；;"))


def _gathered(text: str, pieces: tuple[Span, ...]) -> Iterator[Span]:
    held: Span | None = None
    whole = False  # does what is held promise something already?
    for piece in pieces:
        own = _stands_alone(text[piece[0] : piece[1]].strip())
        if held is not None and whole and own:
            yield held
            held = None
        held = (held or piece)[0], piece[1]
        whole = whole or own
    if held is not None:
        yield held


def _stands_alone(said: str) -> bool:
    if _SEQUEL.match(said) or _PENALTY.search(said):
        return False
    return promises(said) or bool(benefit_of(said))


def _measure(text: str, span: Span, year: int | None) -> Measure:
    start, end = span
    quote = Quote.of(text, start, end)
    benefit = benefit_of(quote.text) or "other"
    read = figures(text, start, end)
    channel = _CHANNEL.search(shadow(text), start, end)
    return Measure(
        quote=quote,
        kind=kind_of(benefit, quote.text),
        benefit=benefit,
        what=_what(text, start, end),
        who=beneficiary(text, start, end),
        conditions=conditions(text, start, end),
        amounts=read.amounts,
        rates=read.rates,
        durations=read.durations,
        counts=read.counts,
        dates=dates(text, start, end, year),
        channel=Quote.of(text, *channel.span("name" if channel["name"] else "free")) if channel else None,
    )


def _what(text: str, start: int, end: int) -> Quote:
    """The clause that promises: the first that gives something, else the first with a promise in it, else the first."""
    clauses = parts_at(text, start, end, "，。；;,")
    giving = (
        span
        for span in clauses
        if _GIVING.search(text[slice(*span)]) and not text[slice(*span)].rstrip("，。；;,").endswith("的")
    )
    promising = (span for span in clauses if promises(text[slice(*span)]))
    left, right = next(giving, None) or next(promising, None) or (clauses[0] if clauses else (start, end))
    return Quote.of(text, left, right - (text[right - 1 : right] in "，。；;,"))
