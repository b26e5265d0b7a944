"""What a guide or detailed rules 申报指南、实施细则 say of how a benefit is had, part by part, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from songda.engines.reading.document import Document, Field, Quote
from songda.engines.reading.language.field_words import kind_of_label
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.promises.items import items_of
from songda.engines.reading.values.quantities import quantities

_NAMED = re.compile(r"实施细则|操作(?:细则|规程|指南|办法)|申报(?:指南|通知)|办事指南|工作指引|兑现(?:细则|指南|办法)")
_WALK = re.compile(r"流程|程序|步骤|方式")
_ASKED = re.compile(r"条件|资格|情形")
_LIMIT = re.compile(r"时限|期限|办[理结]时间|审[核批]时间")
_REACH = re.compile(r"电话|热线|地点|地址|窗口|邮箱|联系|咨询|方式")
_PAID = re.compile(
    r"[^。；;\n]*(?:列支|资金来源[:：为是于]|所需(?:资金|经费)|(?:财政|专项资金|基金)[^。；;\n，,]{0,12}(?:承担|负担|安排|支付|拨付))[^。；;\n]*"
)


@dataclass(frozen=True, slots=True)
class Guide:
    """What was read of each part; empty where the text says nothing. Each part keeps the pieces it was read from."""

    conditions: tuple[Quote, ...] = ()
    papers: tuple[Quote, ...] = ()
    steps: tuple[Quote, ...] = ()
    time_limit: Quote | None = None
    time_limit_days: int | None = None
    payment: Quote | None = None
    contact: tuple[Quote, ...] = ()

    def parts(self) -> Iterator[tuple[str, Quote]]:
        """The pieces with the part each is for (`states.RulePart`)."""
        several = {"conditions": self.conditions, "papers": self.papers, "steps": self.steps, "contact": self.contact}
        for part, quotes in several.items():
            yield from ((part, one) for one in quotes)
        for part, single in (("time_limit", self.time_limit), ("payment", self.payment)):
            if single is not None:
                yield part, single

    @property
    def told(self) -> int:
        """Of how many parts the text says anything."""
        return len({part for part, _quote in self.parts()})


def guide_of(reading: Document) -> Guide | None:
    """The guide in a document that is one by its genre or its title and says at least two of the parts; None otherwise."""
    title = reading.title.value if reading.title else ""
    if reading.genre != "guide" and not _NAMED.search(shadow(title)):
        return None
    fields = innermost([one for one in reading.fields if one.quote.text])
    limit, days = _limit(reading.text, fields)
    found = Guide(
        conditions=tuple(one.quote for one in fields if kind_of_label(one.label) == "conditions" and _ASKED.search(one.label)),
        papers=_once([*_items(reading.text, _of(fields, "papers")), *_papers_of_measures(reading)]),
        steps=_once(_items(reading.text, [one for one in _of(fields, "process") if _WALK.search(one.label)])),
        time_limit=limit,
        time_limit_days=days,
        payment=_payment(reading),
        contact=_once(one.quote for one in _of(fields, "contact") if _REACH.search(one.label)),
    )
    return found if found.told > 1 else None


def innermost(fields: Sequence[Field]) -> list[Field]:
    """The fields that hold no field of another sort: 办理流程 as the heading of a whole chapter tells no step."""
    return [one for one in fields if not any(_holds(one, other) for other in fields)]


def _holds(outer: Field, inner: Field) -> bool:
    other = kind_of_label(inner.label) != kind_of_label(outer.label)
    return other and outer.quote.start < inner.quote.start and inner.quote.end <= outer.quote.end


def _of(fields: Iterable[Field], kind: str) -> list[Field]:
    return [one for one in fields if kind_of_label(one.label) == kind]


def _items(text: str, fields: Iterable[Field]) -> Iterator[Quote]:
    for one in fields:
        yield from items_of(text, one.quote.start, one.quote.end)


def _papers_of_measures(reading: Document) -> Iterator[Quote]:
    for article in reading.articles:
        for measure in article.measures:
            yield from measure.papers


def _once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """In the order of the text, none inside another, none said twice in the same words."""
    kept: list[Quote] = []
    for one in sorted(quotes, key=lambda quote: (quote.start, -quote.end)):
        if (not kept or one.start >= kept[-1].end) and one.text not in {other.text for other in kept}:
            kept.append(one)
    return tuple(kept)


def _limit(text: str, fields: Sequence[Field]) -> tuple[Quote | None, int | None]:
    """The working days of a field that is a time limit; nothing where they differ, for a person must say which counts."""
    plain = shadow(text)
    for one in fields:
        if not _LIMIT.search(one.label):
            continue
        found = {item.low for item in quantities(plain, one.quote.start, one.quote.end) if item.unit.endswith("工作日")}
        whole = [int(value) for value in found if value == int(value)]
        if len(found) == 1 and whole:
            return one.quote, whole[0]
    return None, None


def _payment(reading: Document) -> Quote | None:
    """The first words outside the fields' labels that say what it is paid from."""
    found = _PAID.search(reading.text)
    return Quote.of(reading.text, *found.span()) if found else None
