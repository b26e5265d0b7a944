"""Keep what the reader found: articles, a draft measure for each promise, its source span and its open conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from songda.deliveries.policy.library.models import (
    Article,
    Document,
    Measure,
    MeasureSource,
    MeasureVersion,
    OpenCondition,
)
from songda.engines.reading.document import Article as ReadArticle
from songda.engines.reading.document import Document as Reading
from songda.engines.reading.document import Measure as ReadMeasure
from songda.registry.organisations.models import Organisation

Found = tuple[Article, ReadArticle, ReadMeasure]


def store_reading(document: Document, reading: Reading, now: dt.datetime, *, drafts: bool) -> tuple[int, int]:
    """Store all drafts of one reading in a handful of statements; how many articles and measures there are."""
    articles = Article.objects.bulk_create(
        [_article(document, article, ordinal) for ordinal, article in enumerate(reading.articles, 1)]
    )
    pairs = list(zip(articles, reading.articles, strict=True))
    found: list[Found] = [(row, article, measure) for row, article in pairs for measure in article.measures if drafts]
    measures = Measure.objects.bulk_create(
        Measure(code=f"d{document.pk}-m{at}", demonstration=document.demonstration) for at in range(1, len(found) + 1)
    )
    units = departments_by_name(one.name for _, article, _ in found for one in article.departments)
    versions = MeasureVersion.objects.bulk_create(
        _version(document, measure, one, units, now) for measure, one in zip(measures, found, strict=True)
    )
    kept = list(zip(versions, found, strict=True))
    MeasureSource.objects.bulk_create(
        MeasureSource(version=version, article=row, start=read.quote.start, end=read.quote.end, quote=read.quote.text)
        for version, (row, _, read) in kept
    )
    OpenCondition.objects.bulk_create(
        OpenCondition(
            version=version,
            quote=one.quote.text[:400],
            start=one.quote.start,
            end=one.quote.end,
            proposal=one.rule,
        )
        for version, (_, _, read) in kept
        for one in read.conditions
    )
    return len(articles), len(measures)


def departments_by_name(names: Iterable[str]) -> dict[str, Organisation]:
    """Units known by exactly this name or short name; a name two units share stays text."""
    wanted = set(names)
    rows = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT, ends_on=None)
    found: dict[str, list[Organisation]] = {}
    for unit in rows:
        for name in {unit.name, unit.short_name} & wanted:
            found.setdefault(name, []).append(unit)
    return {name: units[0] for name, units in found.items() if len(units) == 1}


def _article(document: Document, article: ReadArticle, ordinal: int) -> Article:
    return Article(
        document=document,
        number=article.number[:20],
        label=article.label.text[:40],
        section=article.section.text[:200] if article.section else "",
        title=article.title.text[:300] if article.title else "",
        start=article.body.start,
        end=article.body.end,
        departments=[one.name for one in article.departments],
        ordinal=ordinal,
    )


def _version(
    document: Document, measure: Measure, found: Found, units: dict[str, Organisation], now: dt.datetime
) -> MeasureVersion:
    _, article, read = found
    alone = article.title is not None and len(article.measures) == 1
    title = article.title.text if article.title and alone else read.what.text
    until = next((one.last or one.first for one in read.dates if one.role in ("until", "by")), "")
    return MeasureVersion(
        measure=measure,
        number=1,
        title=title[:160],
        kind=read.kind,
        benefit=read.quote.text[:600],
        area_path=document.area_path,
        department=next((units[one.name] for one in article.departments if one.name in units), None),
        department_text="、".join(one.name for one in article.departments)[:200],
        channel=read.channel.text[:200] if read.channel else "",
        closes_on=dt.date.fromisoformat(until) if len(until) == len("2020-12-31") else document.valid_until,
        drafted_at=now,
    )
