"""Counts of a document 计数: articles and measures, the two kinds apart, what it claims, what is not covered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.deliveries.policy.library.models import Article, Document, Filing, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.states import SourceRole

LIVE = ("draft", "reviewed", "published")


@dataclass(frozen=True, slots=True)
class Package:
    """A document counted: its articles and live measures, the two kinds apart (POL-19), and what it claims (POL-18)."""

    articles: int
    measures: int
    fund: int
    service: int
    claims_articles: int | None
    claims_measures: int | None

    @property
    def articles_agree(self) -> bool:
        """Whether the articles are as many as the document says."""
        return self.claims_articles in (None, self.articles)

    @property
    def measures_agree(self) -> bool:
        """Whether the measures are as many as the document says."""
        return self.claims_measures in (None, self.measures)


def live_versions(document: Document) -> QuerySet[MeasureVersion]:
    """Versions standing on this document that are drafted, confirmed or published."""
    cited = MeasureSource.objects.filter(article__document=document, role=SourceRole.CLAUSE).values("version_id")
    return MeasureVersion.objects.filter(pk__in=cited, state__in=LIVE)


def package(document: Document) -> Package:
    """The document counted. A measure counts once, by its latest live version."""
    return packages([document])[document.pk]


def packages(documents: Sequence[Document]) -> dict[int, Package]:
    """Several documents counted in two queries."""
    wanted = [document.pk for document in documents]
    articles = Counter(Article.objects.filter(document__in=wanted).values_list("document_id", flat=True))
    clauses = MeasureSource.objects.filter(role=SourceRole.CLAUSE)
    live = clauses.filter(article__document__in=wanted, version__state__in=LIVE).order_by("version__number")
    kinds = {
        (document, measure): kind
        for document, measure, kind in live.values_list("article__document_id", "version__measure_id", "version__kind")
    }
    counted = Counter((document, kind) for (document, _), kind in kinds.items())
    return {
        document.pk: Package(
            articles=articles[document.pk],
            measures=counted[document.pk, "fund"] + counted[document.pk, "service"],
            fund=counted[document.pk, "fund"],
            service=counted[document.pk, "service"],
            claims_articles=document.claims_articles,
            claims_measures=document.claims_measures,
        )
        for document in documents
    }


def uncovered_articles(document: Document) -> QuerySet[Article]:
    """Articles with neither a live measure nor a stated reason for having none (POL-02)."""
    cited = MeasureSource.objects.filter(version__state__in=LIVE, role=SourceRole.CLAUSE).values("article_id")
    return document.articles.filter(no_measure="").exclude(pk__in=cited)


def counts_by_kind(versions: QuerySet[MeasureVersion]) -> dict[str, int]:
    """Distinct measures by kind: the two are never added up (POL-19)."""
    pairs = set(versions.order_by().values_list("measure_id", "kind"))
    counted = Counter(kind for _, kind in pairs)
    return {"fund": counted["fund"], "service": counted["service"]}


def counts_by_class(versions: QuerySet[MeasureVersion]) -> dict[str, int]:
    """Distinct measures by class code, each in the class of its newest version: they add up to the distinct measures (POL-02)."""
    latest = dict(versions.order_by("number", "pk").values_list("measure_id", "measure_class"))
    return dict(Counter(latest.values()))


def counts_by_category(documents: QuerySet[Document]) -> dict[str, int]:
    """Documents by category; a document in two categories counts in both, so the sum may exceed the documents (POL-01)."""
    return dict(Counter(Filing.objects.filter(document__in=documents).values_list("category", flat=True)))
