"""Documents 政策文件 of a pack: their text is read as any other, what the pack says around it wins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.actions import (
    edit_document,
    file_document,
    link_articles,
    mark_rest,
    receive_document,
    set_relation,
)
from songda.deliveries.policy.library.actions.receive_document import digest_of
from songda.deliveries.policy.library.models import Article, Document, DocumentRelation
from songda.deliveries.policy.library.queries import uncovered_articles
from songda.kernel.errors import Invalid
from songda.registry.actors import Actor
from songda.registry.organisations import queries as organisations

Item = Mapping[str, Any]
AROUND = ("short_name", "number", "issuer", "kind", "ends_with", "validity_text", "claims_articles", "claims_measures")
DAYS = ("issued_on", "valid_from", "valid_until")


@transaction.atomic
def load_documents(items: Sequence[Item], *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """Enter the documents that are not there yet; returns how many. A changed text is another document."""
    new = 0
    kept: dict[str, Document] = {}
    for item in items:
        known = Document.objects.filter(digest=digest_of(item["text"])).first()
        kept[item["code"]] = known or _enter(item, demonstration=demonstration, by=by, now=now)
        new += known is None
    for item in items:
        _relate(item, kept, by, now)
    return new


@transaction.atomic
def state_reasons(items: Sequence[Item], *, by: Actor, now: dt.datetime) -> int:
    """Where the pack gives a reason, state it for the articles that no measure stands on (POL-02); how many articles."""
    marked = 0
    for item in items:
        document = document_of(item["text"])
        if item.get("no_measure") and uncovered_articles(document).exists():
            marked += mark_rest(document.pk, reason=item["no_measure"], by=by, now=now)
    return marked


def document_of(text: str) -> Document:
    """The document that holds this text."""
    found = Document.objects.filter(digest=digest_of(text)).first()
    if found is None:
        raise Invalid(_("政策文件尚未装载。"))
    return found


def article_of(document: Document, label: str) -> Article:
    """An article by its label (一、); Invalid where the text has none of that label."""
    for article in document.articles.all():
        if article.label.strip("、. ．") == label.strip("、. ．"):
            return article
    raise Invalid(_("《%(title)s》里没有条款“%(label)s”。") % {"title": document, "label": label})


def _enter(item: Item, *, demonstration: bool, by: Actor, now: dt.datetime) -> Document:
    # The pack brings its own measures, each with its rule: the reader's drafts would only be a second set.
    document = receive_document(
        item["text"].strip(),
        level=item["level"],
        area_path=organisations.by_code(item["area"]).area_path if item["area"] else "",
        title=item["title"],
        demonstration=demonstration,
        drafts=False,
        by=by,
        now=now,
    )
    around = {name: item[name] for name in AROUND if name in item}
    days = {name: dt.date.fromisoformat(item[name]) for name in DAYS if name in item}
    edit_document(document.pk, {**around, **days}, by=by, now=now)
    return file_document(document.pk, item["categories"], by=by, now=now)


def _relate(item: Item, kept: Mapping[str, Document], by: Actor, now: dt.datetime) -> None:
    lower = kept[item["code"]]
    for relation in item.get("relations", ()):
        upper = kept[relation["upper"]]
        if not DocumentRelation.objects.filter(lower=lower, upper=upper, kind=relation["kind"]).exists():
            set_relation(lower.pk, upper.pk, kind=relation["kind"], by=by, now=now)
    for link in item.get("links", ()):
        ends = article_of(lower, link["article"]), article_of(kept[link["upper"]], link["upper_article"])
        link_articles(ends[0].pk, ends[1].pk, kind=link["kind"], by=by, now=now)
