from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    annotate,
    edit_article,
    link_articles,
    mark_no_measure,
    merge_articles,
    set_relation,
    split_article,
)
from songda.deliveries.policy.library.models import ArticleRelation
from songda.deliveries.policy.library.tests.texts import CITY, NOW, confirmed, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.registry.actors import system

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def document(cast):
    return received(cast.editor, cast.zone.area_path)


def between(document):
    return document.text.index("对入驻孵化载体")


def test_fields_are_corrected_and_drafts_follow_the_units(cast, document):
    article = document.articles.all()[1]
    edit_article(article.pk, {"title": "优化审批", "departments": ["甲区科工信局"]}, by=cast.editor, now=NOW)
    article.refresh_from_db()
    assert (article.title, article.departments, article.touched) == ("优化审批", ["甲区科工信局"], True)
    draft = drafts_of(document)[2]
    assert (draft.department_text, draft.department, draft.touched) == ("甲区科工信局", cast.bureau, False)
    assert AuditEntry.objects.get(action="policy.edit_article").before["departments"] == ["甲区审批局"]


@pytest.mark.parametrize("changes", [{"departments": "甲区审批局"}, {"departments": [" "]}, {"start": 3}, {"title": "长" * 301}])
def test_what_is_no_correction_is_refused(cast, document, changes):
    with pytest.raises(Invalid):
        edit_article(document.articles.first().pk, changes, by=cast.editor, now=NOW)
    assert not document.articles.first().touched


def test_an_article_is_split_with_what_stands_in_it(cast, document):
    first = document.articles.first()
    mark = annotate(
        document.pk, kind="key_point", note="", start=between(document), end=between(document) + 8, by=cast.editor, now=NOW
    )
    second = split_article(first.pk, at=between(document), by=cast.editor, now=NOW)
    assert [one.ordinal for one in document.articles.all()] == [1, 2, 3, 4]
    assert document.text[second.start : second.end].startswith("对入驻孵化载体")
    assert [one.sources.get().article for one in drafts_of(document)[:2]] == [first, second]
    mark.refresh_from_db()
    assert mark.article == second
    assert second.departments == first.departments


def test_a_second_number_in_the_words_becomes_the_number(cast):
    rest = "".join(f"{label}、示例。对小微企业给予{at}万元补贴。\n" for label, at in (("三", 1), ("四", 2), ("五", 3)))
    text = f"示例办法\n一、减免房租。对小微企业免收2个月房租。二、贴息。对小微企业给予50%贴息。\n{rest}"
    document = received(cast.editor, cast.zone.area_path, text)
    second = split_article(document.articles.first().pk, at=text.index("二、贴息"), by=cast.editor, now=NOW)
    assert (second.label, second.number) == ("二、", "2")


def test_a_draft_across_the_cut_stands_on_both_and_a_confirmed_one_forbids_it(cast, document):
    article, (draft, neighbour, *_rest) = document.articles.first(), drafts_of(document)
    middle = document.text.index("免收2个月")
    split_article(article.pk, at=middle, by=cast.editor, now=NOW)
    assert [one.quote for one in draft.sources.order_by("start")] == [
        document.text[draft.sources.first().start : middle],
        "免收2个月房租。",
    ]
    other = confirmed(neighbour, cast.editor)
    source = other.sources.get()
    with pytest.raises(Conflict, match="已审核或发布"):
        split_article(source.article_id, at=source.start + 4, by=cast.editor, now=NOW)


@pytest.mark.parametrize("place", [-1, 0, 10_000])
def test_a_cut_outside_the_article_is_refused(cast, document, place):
    article = document.articles.first()
    with pytest.raises(Invalid, match="不在本条之内"):
        split_article(article.pk, at=article.start + place, by=cast.editor, now=NOW)


def test_articles_are_joined_with_all_that_stands_on_them(cast, document):
    city = received(system(), cast.city.area_path, CITY, "city")
    set_relation(document.pk, city.pk, kind="implements", by=cast.editor, now=NOW)
    first, second, third = document.articles.all()
    above = city.articles.all()
    link_articles(first.pk, above[0].pk, kind="implements", by=cast.editor, now=NOW)
    link_articles(second.pk, above[0].pk, kind="implements", by=cast.editor, now=NOW)
    link_articles(second.pk, above[1].pk, kind="implements", by=cast.editor, now=NOW)
    version = confirmed(drafts_of(document)[2], cast.editor)
    merge_articles(first.pk, by=cast.editor, now=NOW)
    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.end, third.ordinal, document.articles.count()) == (second.end, 2, 2)
    assert first.departments == ["甲区科工信局", "甲区审批局"]
    assert version.sources.get().article == first
    assert set(ArticleRelation.objects.filter(lower=first).values_list("upper_id", flat=True)) == {one.pk for one in above}
    with pytest.raises(Invalid, match="最后一条"):
        merge_articles(third.pk, by=cast.editor, now=NOW)


def test_splitting_and_joining_lead_back(cast, document):
    before = list(document.articles.values_list("pk", "start", "end", "ordinal"))
    first = document.articles.first()
    split_article(first.pk, at=between(document), by=cast.editor, now=NOW)
    merge_articles(first.pk, by=cast.editor, now=NOW)
    assert list(document.articles.values_list("pk", "start", "end", "ordinal")) == before


def test_a_reason_for_no_measure_goes_where_there_is_one(cast, document):
    second, third = document.articles.all()[1:]
    mark_no_measure(third.pk, reason="工作要求", by=cast.editor, now=NOW)
    merge_articles(second.pk, by=cast.editor, now=NOW)
    second.refresh_from_db()
    assert second.no_measure == ""
    assert not queries.uncovered_articles(document).exists()


def test_articles_of_others_are_not_found(cast):
    other = received(system(), cast.other_zone.area_path)
    with pytest.raises(NotFound):
        split_article(other.articles.first().pk, at=60, by=cast.editor, now=NOW)
