"""What a superior document asks for 上位举措: its measures where it counts them, else its articles; and what became of them later."""

from __future__ import annotations

from dataclasses import dataclass

from songda.deliveries.policy.library.models import Article, Document, Measure, MeasureSource
from songda.deliveries.policy.library.queries import LIVE, as_pieces
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.engines.reading.align import align


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a plan must answer for."""

    article: Article
    measure: Measure | None
    title: str

    @property
    def key(self) -> tuple[int, int | None]:
        """What tells it from the others of its document."""
        return self.article.pk, self.measure.pk if self.measure else None


@dataclass(frozen=True, slots=True)
class Affected:
    """A row whose words changed or went in a later text of the superior document, or an article that is new there (no row)."""

    kind: str
    row: PlanRow | None
    article: Article | None


def items_of(upper: Document) -> list[Item]:
    """Every measure of a package that says how many it has, in the order of the text; else every article."""
    articles = list(upper.articles.order_by("ordinal"))
    if upper.claims_measures:
        found = _measures_of(upper)
        if found:
            return found
    return [Item(one, None, one.title or one.label) for one in articles]


def newest_text(upper: Document) -> Document:
    """The latest text of a document: itself where there is none later."""
    seen = upper
    while (later := Document.objects.filter(former=seen).order_by("-pk").first()) is not None:
        seen = later
    return seen


def affected(plan: Plan, rows: list[PlanRow]) -> list[Affected]:
    """What a later text of the superior document means for the rows of a plan: changed 有改动, gone 已删去, new 新增; equal words, nothing."""
    newest = newest_text(plan.upper)
    if newest.pk == plan.upper_id:
        return []
    before, after = list(plan.upper.articles.order_by("ordinal")), list(newest.articles.order_by("ordinal"))
    found: list[Affected] = []
    for pair in align(as_pieces(plan.upper.text, before), as_pieces(newest.text, after)):
        old = before[pair.former] if pair.former is not None else None
        new = after[pair.latter] if pair.latter is not None else None
        if pair.kind != "same":
            held = [one for one in rows if old is not None and one.article_id == old.pk]
            found += [Affected(pair.kind, one, new) for one in held] or [Affected(pair.kind, None, new or old)]
    return found


def _measures_of(upper: Document) -> list[Item]:
    sources = MeasureSource.objects.filter(article__document=upper, version__state__in=LIVE, role="clause")
    rows = sources.select_related("article", "version__measure").order_by("start", "pk")
    found: dict[int, Item] = {}
    for one in rows:
        found.setdefault(one.version.measure_id, Item(one.article, one.version.measure, one.version.title))
    return list(found.values())
