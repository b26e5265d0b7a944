"""Correct an article 更正条款: number, title, section, units; where it ends."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import article_to_edit
from songda.deliveries.policy.library.actions.changes import Changes, put, touch
from songda.deliveries.policy.library.actions.store_reading import departments_by_name
from songda.deliveries.policy.library.models import Article, ArticleRelation, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.queries import LIVE
from songda.engines.reading.document import Quote
from songda.engines.reading.language.lines import lines_of
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor

FIELDS = frozenset({"number", "title", "section", "departments"})
STOOD_FOR = ("reviewed", "published", "superseded")


@transaction.atomic
def edit_article(article_id: int, changes: Changes, *, by: Actor, now: dt.datetime) -> Article:
    """Correct number, title, section or the units named; drafts that carried the units as read follow."""
    article = article_to_edit(article_id, by)
    units = changes.get("departments", [])
    if not isinstance(units, list) or not all(isinstance(one, str) and one.strip() for one in units):
        raise Invalid(_("责任单位应逐个填写。"), fields={"departments": _("请一行填写一个单位。")})
    told = "、".join(article.departments)[:200]
    before, after = put(article, changes, FIELDS)
    if not after:
        return article
    touch(article, by=by, now=now)
    if "departments" in after:
        drafts = MeasureVersion.objects.filter(sources__article=article, state="draft", department_text=told)
        known = departments_by_name(units)
        unit = next((known[one] for one in units if one in known), None)
        wanted = list(drafts.values_list("pk", flat=True))
        MeasureVersion.objects.filter(pk__in=wanted).update(department_text="、".join(units)[:200], department=unit)
    record("policy.edit_article", article, by=by, now=now, before=before, after=after)
    return article


@transaction.atomic
def split_article(article_id: int, *, at: int, by: Actor, now: dt.datetime) -> Article:
    """Make two articles of one, cut at a character of the text; the second, new one is returned.

    Sources, drafts and annotations go with their words. Conflict where somebody has stood for a measure across the cut.
    """
    article = article_to_edit(article_id, by)
    text = article.document.text
    cut = min(max(at, article.start), article.end)  # outside the article one side is empty
    left, right = Quote.of(text, article.start, cut), Quote.of(text, cut, article.end)
    if not left.text or not right.text:
        raise Invalid(_("断开处不在本条之内。"), advice=_("请在本条原文中间选取断开处。"), fields={"at": _("请重新选取。")})
    refuse_across(article, at)
    shift(article, 1)
    second = Article.objects.create(**heading_of(right), **copied(article, right), edited_by=by.account_id, edited_at=now)
    share_out(article, second, at)
    before, after = put(article, {"end": left.end}, {"end"})
    touch(article, by=by, now=now)
    record("policy.split_article", article, by=by, now=now, before=before, after={**after, "second": second.pk})
    return second


@transaction.atomic
def merge_articles(article_id: int, *, by: Actor, now: dt.datetime) -> Article:
    """Join an article with the one after it: its number and title, the text, units, sources and links of both."""
    article = article_to_edit(article_id, by)
    second = Article.objects.filter(document=article.document, ordinal=article.ordinal + 1).first()
    if second is None:
        raise Invalid(_("这是最后一条，后面没有可以合并的条款。"), advice=_("请从前一条合并。"))
    gone = {"label": second.label, "number": second.number, "start": second.start, "end": second.end}
    MeasureSource.objects.filter(article=second).update(article=article)
    second.annotations.update(article=article)
    take_links(article, second)
    reasons = "；".join(dict.fromkeys(one for one in (article.no_measure, second.no_measure) if one))[:200]
    second.delete()
    shift(article, -1)
    covered = article.cited_by.filter(version__state__in=LIVE, role="clause").exists()
    changes = {
        "end": max(article.end, second.end),
        "departments": list(dict.fromkeys([*article.departments, *second.departments])),
        "no_measure": "" if covered else reasons,
    }
    before, after = put(article, changes, changes)
    touch(article, by=by, now=now)
    record("policy.merge_articles", article, by=by, now=now, before={**before, "second": gone}, after=after)
    return article


def refuse_across(article: Article, at: int) -> None:
    """A measure that somebody stood for keeps its words in one piece."""
    across = article.cited_by.filter(start__lt=at, end__gt=at, version__state__in=STOOD_FOR).select_related("version").first()
    if across is not None:
        message = _("断开处在“%(title)s”的原文中间，它已审核或发布。") % {"title": across.version.title}
        raise Conflict(message, advice=_("请另选断开处；如确有误，请先退回或修订该措施。"))


def shift(article: Article, by: int) -> None:
    """Move the ordinals of the articles after this one. Over a free stretch and back: each ordinal stands once at any time."""
    after = Article.objects.filter(document=article.document_id, ordinal__gt=article.ordinal)
    top = article.document.articles.order_by("-ordinal").values_list("ordinal", flat=True)[0] + 2
    after.update(ordinal=F("ordinal") + top)
    after.update(ordinal=F("ordinal") - top + by)


def heading_of(piece: Quote) -> dict[str, str]:
    """Number and label as the piece begins; empty where it begins with neither."""
    label = lines_of(piece.text)[0].label
    if label is None:
        return {"number": "", "label": ""}
    return {"number": str(label.number), "label": piece.text[label.start : label.end][:40]}


def copied(article: Article, piece: Quote) -> dict[str, object]:
    """What the second part of an article shares with the first, and its place."""
    return {
        "document": article.document,
        "section": article.section,
        "departments": article.departments,
        "no_measure": article.no_measure,
        "start": piece.start,
        "end": piece.end,
        "ordinal": article.ordinal + 1,
    }


def share_out(article: Article, second: Article, at: int) -> None:
    """Sources and annotations to the side they stand on; a draft's source across the cut becomes two."""
    text = article.document.text
    for source in article.cited_by.filter(start__lt=at, end__gt=at):
        left, right = Quote.of(text, source.start, at), Quote.of(text, at, source.end)
        put(source, {"end": left.end, "quote": left.text}, {"end", "quote"})
        MeasureSource.objects.create(
            version=source.version, article=second, start=right.start, end=right.end, quote=right.text, role=source.role
        )
    article.cited_by.filter(start__gte=at).update(article=second)
    article.annotations.filter(start__gte=at).update(article=second)


def take_links(article: Article, second: Article) -> None:
    """The links of the second article that the first has not, up and down; none to itself."""
    for near, far in (("lower", "upper"), ("upper", "lower")):
        links = ArticleRelation.objects.filter(**{near: second})
        held = ArticleRelation.objects.filter(**{near: article}).values_list(f"{far}_id", flat=True)
        links.filter(**{f"{far}__in": [*held, article.pk]}).delete()
        links.update(**{near: article})
