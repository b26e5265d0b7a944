"""A document beside its former version 新旧对照: which article became which, and what words changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.library.models import Article, Document, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.states import SourceRole
from songda.engines.reading.align import Pair, Piece, align, difference
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """An article and what it was. kind: `same`, `changed`, `new`, `gone`; `moved`: it stands in another order.

    `pieces`: the words as (op, text), op `same`, `gone` or `new`; joined without `gone` they are the article as it is now.
    `measures`: live versions that stand on the former article and the asker may see.
    """

    former: Article | None
    article: Article | None
    kind: str
    moved: bool
    likeness: float
    pieces: tuple[tuple[str, str], ...]
    measures: list[MeasureVersion]


def alignment_of(document: Document, actor: Actor | None = None) -> list[AlignedPair]:
    """Article beside article, in the order of the new text; nothing where there is no former version. Four queries.

    Without an actor no measures are told.
    """
    former = document.former
    if former is None:
        return []
    before, after = list(former.articles.all()), list(document.articles.all())
    standing = _measures_on(before, actor) if actor else {}
    return [
        _pair(pair, former, document, before, after, standing)
        for pair in align(as_pieces(former.text, before), as_pieces(document.text, after))
    ]


def as_pieces(text: str, articles: Iterable[Article]) -> list[Piece]:
    """Articles as `align` compares them: the body without its label, so that a new number alone changes nothing."""
    return [Piece(one.number, one.title, body_of(text, one)) for one in articles]


def body_of(text: str, article: Article) -> str:
    """The words of an article after its label."""
    return text[article.start : article.end].removeprefix(article.label)


def _pair(
    pair: Pair,
    former: Document,
    document: Document,
    before: Sequence[Article],
    after: Sequence[Article],
    standing: Mapping[int, list[MeasureVersion]],
) -> AlignedPair:
    old = before[pair.former] if pair.former is not None else None
    new = after[pair.latter] if pair.latter is not None else None
    told = body_of(former.text, old) if old else "", body_of(document.text, new) if new else ""
    measures = standing.get(old.pk, []) if old else []
    return AlignedPair(old, new, pair.kind, pair.moved, pair.likeness, difference(*told), measures)


def _measures_on(articles: Sequence[Article], actor: Actor) -> dict[int, list[MeasureVersion]]:
    versions = measures_visible_to(actor).filter(state__in=("draft", "reviewed", "published"))
    sources = MeasureSource.objects.filter(article__in=articles, version__in=versions, role=SourceRole.CLAUSE)
    found: dict[int, dict[int, MeasureVersion]] = {}
    for source in sources.select_related("version").order_by("start", "pk"):
        found.setdefault(source.article_id, {})[source.version_id] = source.version
    return {key: list(held.values()) for key, held in found.items()}
