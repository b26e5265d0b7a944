"""The review desk 审核台: the articles of a document, their measures, and what each lacks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.library.models import Article, Document, MeasureSource, MeasureVersion, OpenCondition
from songda.deliveries.policy.library.queries.measures import lacks
from songda.deliveries.policy.library.queries.standing import clauses_above
from songda.deliveries.policy.library.rules.figures import Told, figures_told
from songda.deliveries.policy.library.states import SourceRole
from songda.kernel.errors import Invalid
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class DeskMeasure:
    """A measure as the desk shows it: with the figures read in its sources and what it still lacks."""

    version: MeasureVersion
    sources: list[MeasureSource]
    conditions: list[OpenCondition]
    figures: list[Told]
    lacks: dict[str, str]


@dataclass(frozen=True, slots=True)
class DeskArticle:
    """An article, its measures, and the clauses above that it implements."""

    article: Article
    measures: list[DeskMeasure]
    above: list[Article]

    @property
    def covered(self) -> bool:
        """Whether it has a measure or a reason for having none (POL-02)."""
        return bool(self.measures or self.article.no_measure)

    @property
    def only_drafts(self) -> bool:
        """Whether nothing of it is confirmed or published yet, so that it may still be set aside as a whole."""
        return all(one.version.state == "draft" for one in self.measures)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the desk shows of one document, in nine queries however long it is."""

    articles: list[DeskArticle]


def desk_of(document: Document, actor: Actor) -> Desk:
    """The desk of a document for one reader: only versions that reader may see, withdrawn and superseded ones left out."""
    rows = list(_sources(document, actor))
    by_article: dict[int, dict[int, MeasureVersion]] = {}
    for source in rows:
        by_article.setdefault(source.article_id, {}).setdefault(source.version_id, source.version)
    articles = list(document.articles.all())
    above = clauses_above(articles)
    shown = {version.pk: _measure(document, version) for found in by_article.values() for version in found.values()}
    return Desk([DeskArticle(one, [shown[key] for key in by_article.get(one.pk, {})], above.get(one.pk, [])) for one in articles])


def piece_of(article: Article, quote: str) -> tuple[int, int]:
    """Where words copied from an article stand in it (blanks at their ends aside); Invalid where they do not."""
    words = quote.strip().replace("\r\n", "\n")
    start = article.document.text.find(words, article.start, article.end) if words else -1
    if start < 0:
        raise Invalid(_("本条原文中没有这段文字。"), advice=_("请从原文中原样选取。"))
    return start, start + len(words)


def _sources(document: Document, actor: Actor) -> QuerySet[MeasureSource]:
    versions = measures_visible_to(actor).filter(state__in=("draft", "reviewed", "published"))
    found = MeasureSource.objects.filter(article__document=document, version__in=versions, role=SourceRole.CLAUSE)
    return (
        found.select_related("version__rule_version", "version__measure", "version__department")
        .prefetch_related("version__sources__article", "version__open_conditions", "version__rule_version__cases")
        .order_by("start", "pk")
    )


def _measure(document: Document, version: MeasureVersion) -> DeskMeasure:
    sources = [one for one in version.sources.all() if one.article.document_id == document.pk]
    told = [figure for one in sources for figure in figures_told(document.text, one.start, one.end)]
    conditions = [one for one in version.open_conditions.all() if one.document_id in (None, document.pk)]
    return DeskMeasure(version, sources, conditions, told, lacks(version))
