"""Control: nothing of another area is corrected on the desk. Without the scope, each step is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Q

from songda.deliveries.policy.library import access, actions
from songda.deliveries.policy.library.models import Document, OpenCondition, ReadingDoubt
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, drafts_of, received
from songda.kernel.errors import NotFound
from songda.registry.actors import Actor, system
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")


def place(document: Document, words: str) -> int:
    return document.text.index(words)


def split(document: Document, by: Actor) -> object:
    return actions.split_measure(drafts_of(document)[0].pk, at=place(document, "免收2个月"), by=by, now=NOW)


def merge(document: Document, by: Actor) -> object:
    first, second, *_rest = drafts_of(document)
    return actions.merge_measures(first.pk, [second.pk], by=by, now=NOW)


def recut(document: Document, by: Actor) -> object:
    source = drafts_of(document)[0].sources.get()
    return actions.recut_source(source.pk, start=source.start, end=source.end - 1, by=by, now=NOW)


def article(document: Document, by: Actor) -> object:
    return actions.edit_article(document.articles.first().pk, {"title": "改"}, by=by, now=NOW)


def split_article(document: Document, by: Actor) -> object:
    return actions.split_article(document.articles.first().pk, at=place(document, "免收2个月"), by=by, now=NOW)


def merge_articles(document: Document, by: Actor) -> object:
    return actions.merge_articles(document.articles.first().pk, by=by, now=NOW)


def condition(document: Document, by: Actor) -> object:
    return actions.edit_condition(OpenCondition.objects.filter(document=document)[0].pk, proposal="", by=by, now=NOW)


def annotate(document: Document, by: Actor) -> object:
    return actions.annotate(document.pk, kind="key_point", note="", start=0, end=4, by=by, now=NOW)


def withdraw_annotation(document: Document, by: Actor) -> object:
    mark = actions.annotate(document.pk, kind="key_point", note="", start=0, end=4, by=system(), now=NOW)
    return actions.withdraw_annotation(mark.pk, by=by, now=NOW)


def doubt(document: Document, by: Actor) -> object:
    row = ReadingDoubt.objects.create(document=document, kind="figure", weight=1, message="请核对。", start=0, end=1)
    return actions.settle_doubt(row.pk, reason="无误", by=by, now=NOW)


def reread(document: Document, by: Actor) -> object:
    return actions.reread_document(document.pk, by=by, now=NOW)


def receive(document: Document, by: Actor) -> object:
    return actions.receive_version(document.pk, text=document.text.replace("3万元", "5万元"), by=by, now=NOW)


STEPS: tuple[Callable[[Document, Actor], object], ...] = (
    split, merge, recut, article, split_article, merge_articles, condition, annotate, withdraw_annotation, doubt, reread, receive,
)  # fmt: skip


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_another_zone_is_not_found(cast, monkeypatch, step):
    document = received(system(), cast.other_zone.area_path, PACKAGE.replace("甲", "乙"))
    with pytest.raises(NotFound):
        step(document, cast.editor)
    monkeypatch.setattr(access, "within", lambda *_: ~Q(pk__in=[]))
    assert step(document, cast.editor) is not None
