"""Articles read again: those nobody corrected take the place and words of the new reading; the others stay as they are."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from django.db.models import F, ProtectedError

from songda.deliveries.policy.library.actions.store_reading import article_columns
from songda.deliveries.policy.library.models import Article, ArticleRelation, Document, MeasureSource
from songda.deliveries.policy.library.rules.rereading import Fresh, Held, plan
from songda.engines.reading.document import Document as Reading


def renew_articles(document: Document, reading: Reading) -> frozenset[int]:
    """Rewrite and add articles as read now; the ids of those no longer read, to be dropped when no draft stands on them."""
    rows = {row.pk: row for row in document.articles.all()}
    found = plan(held_articles(document, rows), [Fresh(one.body.start, one.body.end, one.number) for one in reading.articles])
    for at, key in found.renewed.items():
        columns = article_columns(reading.articles[at])
        if any(getattr(rows[key], name) != value for name, value in columns.items()):
            Article.objects.filter(pk=key, edited_at=None, no_measure="").update(**columns)
    top = max((row.ordinal for row in rows.values()), default=0)
    added = [article_columns(reading.articles[at]) for at in found.added]
    Article.objects.bulk_create(Article(document=document, ordinal=top + at, **one) for at, one in enumerate(added, 1))
    return frozenset(found.dropped)


def held_articles(document: Document, keys: Collection[int]) -> list[Held]:
    """The stored articles as the plan sees them: anchors are the pieces that measures touched by people stand on."""
    anchors: dict[int, list[tuple[int, int]]] = {}
    for source in MeasureSource.objects.filter(article__in=keys).select_related("version"):
        if source.version.touched:
            anchors.setdefault(source.article_id, []).append((source.start, source.end))
    linked = {
        *ArticleRelation.objects.filter(lower__in=keys).values_list("lower_id", flat=True),
        *ArticleRelation.objects.filter(upper__in=keys).values_list("upper_id", flat=True),
    }
    return [
        Held(row.pk, row.start, row.end, row.number, row.touched, tuple(anchors.get(row.pk, ())), row.pk in linked)
        for row in document.articles.all()
    ]


def drop_articles(document: Document, keys: Collection[int]) -> None:
    """Delete articles that are no longer read and on which nothing stands; number the rest in the order of the text."""
    MeasureSource.objects.filter(article__in=keys, version__state="withdrawn", version__edited_at=None).delete()
    held = MeasureSource.objects.filter(article__in=keys).values("article_id")
    for article in Article.objects.filter(pk__in=keys).exclude(pk__in=held):
        with suppress(ProtectedError):  # rooms above may stand on it, as a row of an implementing plan does
            article.delete()
    articles = list(document.articles.order_by("start", "ordinal"))
    if [one.ordinal for one in articles] != list(range(1, len(articles) + 1)):
        top = max(one.ordinal for one in articles)
        document.articles.update(ordinal=F("ordinal") + top)  # over a free stretch, so that each ordinal stands once at any time
        for ordinal, one in enumerate(articles, 1):
            one.ordinal = ordinal
        Article.objects.bulk_update(articles, ["ordinal"])
    for mark in document.annotations.filter(article=None).exclude(standing="lost"):
        mark.article = next((one for one in articles if one.start <= mark.start < one.end), None)
        mark.save(update_fields=["article"])
