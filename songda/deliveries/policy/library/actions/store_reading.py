"""Keep what the reader found: articles, a draft measure for each promise, its sources and open conditions, and its doubts."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import (
    Article,
    Document,
    Measure,
    MeasureSource,
    MeasureVersion,
    OpenCondition,
    ReadingDoubt,
)
from songda.deliveries.policy.library.states import SourceRole
from songda.engines.reading.document import Article as ReadArticle
from songda.engines.reading.document import Document as Reading
from songda.engines.reading.document import Measure as ReadMeasure
from songda.engines.reading.document import Quote
from songda.registry.organisations.models import Organisation

STACKING_WEIGHT = 4
OF_FILE: dict[str, object] = {"kind": "layout", "end": 0}
_CHECK = "请核对"
LOST, TOLD = 9, 4  # what the file holds and the text does not; where something else stands in the text


@dataclass(frozen=True, slots=True)
class Found:
    """A promise as read, with the article as read and the stored article that holds it."""

    article: Article
    read_article: ReadArticle
    read: ReadMeasure


def store_reading(document: Document, reading: Reading, now: dt.datetime, *, drafts: bool) -> tuple[int, int]:
    """Store all drafts of one reading in a handful of statements; how many articles and measures there are."""
    articles = store_articles(document, reading)
    found = found_in(reading, articles) if drafts else []
    store_drafts(document, found, articles, now)
    store_doubts(document, reading)
    return len(articles), len(found)


def store_articles(document: Document, reading: Reading) -> list[Article]:
    """The articles in their order."""
    rows = [
        Article(document=document, ordinal=ordinal, **article_columns(one)) for ordinal, one in enumerate(reading.articles, 1)
    ]
    return Article.objects.bulk_create(rows)


def store_drafts(
    document: Document, found: Sequence[Found], articles: Sequence[Article], now: dt.datetime
) -> list[MeasureVersion]:
    """A new draft measure for each promise, under the next codes of the document."""
    first = next_number(document.pk)
    measures = Measure.objects.bulk_create(
        Measure(code=f"d{document.pk}-m{at}", demonstration=document.demonstration) for at in range(first, first + len(found))
    )
    units = units_named(found)
    versions = MeasureVersion.objects.bulk_create(
        MeasureVersion(measure=measure, number=1, drafted_at=now, **measure_columns(document, one, units))
        for measure, one in zip(measures, found, strict=True)
    )
    kept = list(zip(versions, found, strict=True))
    MeasureSource.objects.bulk_create(row for version, one in kept for row in sources_of(version, one, articles))
    OpenCondition.objects.bulk_create(row for version, one in kept for row in conditions_of(version, document, one))
    return versions


def store_doubts(document: Document, reading: Reading) -> None:
    """What the reader doubts, and where a measure says how it stands to other benefits: a rule cannot say that yet."""
    rows = [_doubt(document, one.kind, one.weight, one.message, one.quote) for one in reading.doubts]
    message = _("原文写明能否与其他优惠同享，规则没有体现：请核对，并在支持内容中写明。")
    told = dict.fromkeys(one.stacking for article in reading.articles for one in article.measures)
    rows += [_doubt(document, "stacking", STACKING_WEIGHT, message, one) for one in told if one is not None]
    settled = set(document.doubts.exclude(settled="").values_list("kind", "message", "quote"))
    document.doubts.filter(settled="").exclude(**OF_FILE).delete()
    ReadingDoubt.objects.bulk_create(one for one in rows if (one.kind, one.message, one.quote) not in settled)


def store_notes(document: Document, notes: Iterable[str]) -> None:
    """What opening the file told 读文件时的提示: pages without text, objects left out. They have no place in the text, and reading
    the stored text again leaves them."""
    rows = [
        _doubt(document, str(OF_FILE["kind"]), LOST if _CHECK in one else TOLD, one, Quote(0, 0, ""))
        for one in dict.fromkeys(notes)
    ]
    ReadingDoubt.objects.bulk_create(rows)


def found_in(reading: Reading, articles: Sequence[Article]) -> list[Found]:
    """The promises of a reading with the stored articles they stand in; those in no article are left out."""
    placed = ((article_at(articles, one.quote), article, one) for article in reading.articles for one in article.measures)
    return [Found(row, article, one) for row, article, one in placed if row is not None]


def article_at(articles: Sequence[Article], quote: Quote) -> Article | None:
    """The article (of several in the order of the text) that holds the whole quote."""
    at = bisect_right(articles, quote.start, key=lambda one: one.start) - 1
    return articles[at] if at >= 0 and quote.end <= articles[at].end else None


def next_number(document_id: int) -> int:
    """The next free number for a code d<document>-m<number>, never used twice."""
    stem = f"d{document_id}-m"
    taken = Measure.objects.filter(code__startswith=stem).values_list("code", flat=True)
    return max((int(code.removeprefix(stem)) for code in taken), default=0) + 1


def units_named(found: Iterable[Found]) -> dict[str, Organisation]:
    """The units that these promises and their articles name."""
    return departments_by_name(name for one in found for name in names_of(one))


def names_of(found: Found) -> list[str]:
    """The units answering for a promise: its own where it names any, else those of its article."""
    return [one.name for one in found.read.departments or found.read_article.departments]


def departments_by_name(names: Iterable[str]) -> dict[str, Organisation]:
    """Units known by exactly this name or short name; a name two units share stays text."""
    wanted = set(names)
    rows = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT, ends_on=None)
    found: dict[str, list[Organisation]] = {}
    for unit in rows:
        for name in {unit.name, unit.short_name} & wanted:
            found.setdefault(name, []).append(unit)
    return {name: units[0] for name, units in found.items() if len(units) == 1}


def article_columns(article: ReadArticle) -> dict[str, object]:
    """An article as read, as its columns keep it."""
    return {
        "number": article.number[:20],
        "label": article.label.text[:40],
        "section": article.section.text[:200] if article.section else "",
        "title": article.title.text[:300] if article.title else "",
        "start": article.body.start,
        "end": article.body.end,
        "departments": [one.name for one in article.departments],
    }


def measure_columns(document: Document, found: Found, units: dict[str, Organisation]) -> dict[str, object]:
    """A promise as read, as the columns of a version keep it."""
    article, read, names = found.read_article, found.read, names_of(found)
    alone = article.title is not None and len(article.measures) == 1
    title = article.title.text if article.title and alone else read.what.text
    return {
        "title": title[:160],
        "kind": read.kind,
        "benefit": read.quote.text[:600],
        "area_path": document.area_path,
        "department": next((units[name] for name in names if name in units), None),
        "department_text": "、".join(names)[:200],
        "channel": read.channel.text[:200] if read.channel else "",
        "papers": [one.text[:200] for one in read.papers],
        "closes_on": _closing_day(read) or document.valid_until,
    }


def sources_of(version: MeasureVersion, found: Found, articles: Sequence[Article]) -> Iterator[MeasureSource]:
    """The clause a promise stands on, and the definitions of its words that stand in articles; not saved."""
    yield _source(version, found.article, found.read.quote, SourceRole.CLAUSE)
    for quote in found.read.definitions:
        article = article_at(articles, quote)
        if article is not None:
            yield _source(version, article, quote, SourceRole.DEFINITION)


def conditions_of(version: MeasureVersion, document: Document, found: Found) -> Iterator[OpenCondition]:
    """The condition phrases of a promise, each with the rule text the reader proposes; not saved."""
    for one in found.read.conditions:
        yield OpenCondition(
            version=version,
            document=document,
            quote=one.quote.text[:400],
            start=one.quote.start,
            end=one.quote.end,
            proposal=one.rule,
        )


def _source(version: MeasureVersion, article: Article, quote: Quote, role: SourceRole) -> MeasureSource:
    return MeasureSource(version=version, article=article, start=quote.start, end=quote.end, quote=quote.text, role=role)


def _closing_day(read: ReadMeasure) -> dt.date | None:
    until = next((one.last or one.first for one in read.dates if one.role in ("until", "by")), "")
    return dt.date.fromisoformat(until) if len(until) == len("2020-12-31") else None


def _doubt(document: Document, kind: str, weight: int, message: str, quote: Quote) -> ReadingDoubt:
    return ReadingDoubt(
        document=document,
        kind=kind[:20],
        weight=weight,
        message=message[:400],
        start=quote.start,
        end=quote.end,
        quote=quote.text,
    )
