"""Doubts 疑点: what a person should look at in a reading, few and telling, the gravest first, none twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from songda.engines.reading.document import Article, Document, Doubt, Measure, Quote
from songda.engines.reading.language.benefits import has_holder, promises
from songda.engines.reading.language.numerals import arabic, shadow

_VAGUE = re.compile(
    r"(?:一定|适当|适度|相应|合理|一次性|资金)(?:的|比例的|额度的|数额的)?(?:资金|财政|经费|资金的)?(?:补贴|补助|奖励|支持|资助|奖补|减免|补偿)"
)
_ELSEWHERE = re.compile(
    r"(?:参?按照?|依照|参照|根据)[^，。；;《\n]{0,10}《[^》\n]{4,60}》[^，。；;\n]{0,24}?(?:执行|标准|办理|规定|给予|享受|兑现)|另行(?:通知|制定|规定|公布)|详见附件|见附件"
)
_BARE_BOUND = re.compile(r"以[上下](?!\s*\(?(?:含|不含))")
_BOUND_TOLD = re.compile(r"以[上下][”\"]?[^。\n]{0,12}(?:包含|包括|含)本(?:数|级)|含本数|不含本数")
_TITLE_COUNT = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,3})(?:条|项)(?:措施|政策|意见|举措|规定|细则)?")
_LEAST_SHARE = 0.6  # of the articles with measures, to call a missing unit odd
_MOST_OF_A_KIND = 3
_MOST = 12
_SHOWN = 60


def doubts(document: Document) -> Document:
    """The document with all doubts, its own and those of the steps before; at most three of a message, then one that counts."""
    found = [*document.doubts, *(doubt for look in _LOOKS for doubt in look(document))]
    return replace(document, doubts=tuple(_few(found)))


def _few(found: list[Doubt]) -> Iterator[Doubt]:
    """The gravest first; the same words on the same place once; of one message no more than three, told with their number."""
    counts: dict[str, int] = {}
    for doubt in found:
        counts[doubt.message] = counts.get(doubt.message, 0) + 1
    seen: set[tuple[str, int]] = set()
    shown: dict[str, int] = {}
    kept = 0
    for doubt in sorted(found, key=lambda one: (-one.weight, one.quote.start)):
        at = doubt.message, doubt.quote.start
        number = shown.get(doubt.message, 0)
        if at in seen or number >= _MOST_OF_A_KIND or kept >= _MOST:
            continue
        seen.add(at)
        shown[doubt.message] = number + 1
        kept += 1
        many = number == 0 and counts[doubt.message] > _MOST_OF_A_KIND
        yield replace(doubt, message=f"{doubt.message}（共 {counts[doubt.message]} 处）") if many else doubt


def _pieces(document: Document) -> Iterator[tuple[Article, Measure]]:
    return ((article, measure) for article in document.articles for measure in article.measures)


def _unread(document: Document) -> Iterator[Doubt]:
    """Articles that seem to promise money and gave no measure."""
    for article in document.articles:
        said = document.text[article.body.start : article.body.end]
        if article.measures or article.kind not in ("general", "admin") or not promises(said) or not has_holder(said):
            continue
        money = re.search(r"(?:给予|予以|按)[^，。；;]{0,20}\d[\d.]*\s*(?:万?元|%|亿元)", shadow(said))
        if money:
            place = Quote.of(document.text, article.body.start + money.start(), article.body.start + money.end())
            yield Doubt("measure", 6, "这一条写有资金标准，但没有读出措施，请看是否需要补建。", place)


def _no_articles(document: Document) -> Iterator[Doubt]:
    if not document.articles:
        message = "没有读出条款，请检查文件是否完整，或手工划出措施。"
        yield Doubt("layout", 8, message, Quote.of(document.text, 0, min(_SHOWN, len(document.text))))
    elif not any(article.measures for article in document.articles):
        yield Doubt("measure", 7, "没有读出任何措施，请确认本文件是否含惠企内容。", document.articles[0].label)


def _without_holder(document: Document) -> Iterator[Doubt]:
    """Measures with money and nobody named, neither in the sentence nor in the title."""
    for article, measure in _pieces(document):
        if measure.who is None and measure.kind == "fund" and measure.benefit != "fund" and (measure.amounts or measure.rates):
            told = measure.quote.text + (article.title.text if article.title else "")
            if not measure.conditions and not has_holder(told):
                yield Doubt("measure", 4, "没有读出支持对象，请补写。", measure.what)


def _without_figure(document: Document) -> Iterator[Doubt]:
    for _, measure in _pieces(document):
        if not (measure.amounts or measure.rates):
            vague = _VAGUE.search(measure.quote.text)
            if vague:
                place = Quote.of(document.text, measure.quote.start + vague.start(), measure.quote.start + vague.end())
                yield Doubt("figure", 3, "未写金额或比例，请向主管部门核实后补写。", place)


def _elsewhere(document: Document) -> Iterator[Doubt]:
    for _, measure in _pieces(document):
        match = None if measure.amounts or measure.rates else _ELSEWHERE.search(shadow(measure.quote.text))
        if match:
            place = Quote.of(document.text, measure.quote.start + match.start(), measure.quote.start + match.end())
            yield Doubt("figure", 3, "标准在其他文件或后续通知中，请对照原文件补写。", place)


def _unclear_bounds(document: Document) -> Iterator[Doubt]:
    """A threshold told as 以上 or 以下, where the document does not say whether the number itself is meant."""
    if _BOUND_TOLD.search(shadow(document.text)):
        return
    for _, measure in _pieces(document):
        for figure in (*measure.amounts, *measure.rates, *measure.counts):
            after = shadow(document.text[figure.mark.end : figure.mark.end + 8])
            if figure.role == "threshold" and _BARE_BOUND.match(after):
                yield Doubt("figure", 2, "“以上”“以下”是否含本数，文中没有说明。", figure.quote)
                break


def _missing_units(document: Document) -> Iterator[Doubt]:
    """Articles without units in a document where most of their fellows have them."""
    telling = [article for article in document.articles if article.measures]
    named = sum(1 for article in telling if article.departments)
    if len(telling) >= 3 and named < len(telling) and named >= _LEAST_SHARE * len(telling):
        for article in telling:
            if not article.departments:
                yield Doubt("department", 5, "其他条款都写有责任单位，这一条没有读到。", article.title or article.label)


def _overlaps(document: Document) -> Iterator[Doubt]:
    for (_, before), (_, after) in pairwise(_pieces(document)):
        if after.quote.start < before.quote.end:
            yield Doubt("layout", 7, "两条措施的原文有重叠，请核对划分。", after.what)


def _count_told(document: Document) -> Iterator[Doubt]:
    """The title says N条, and another number of articles was read."""
    told = _TITLE_COUNT.search(shadow(document.title.value)) if document.title else None
    number = arabic(told.group(1)) if told else None
    if document.title is None or number is None or not 3 <= number <= 100 or not document.articles:
        return
    measures = sum(len(article.measures) for article in document.articles)
    telling = sum(1 for article in document.articles if article.measures)
    if number not in (len(document.articles), measures, telling):
        message = f"标题写明 {number} 条，读出 {len(document.articles)} 条，请核对条款划分。"
        yield Doubt("numbering", 7, message, document.title.quote)


_LOOKS: tuple[Callable[[Document], Iterator[Doubt]], ...] = (
    *(_no_articles, _unread, _without_holder, _without_figure, _elsewhere),
    *(_unclear_bounds, _missing_units, _overlaps, _count_told),
)
