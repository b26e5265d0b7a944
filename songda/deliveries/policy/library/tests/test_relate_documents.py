from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import cite_clause, link_articles, publish_measure, set_relation, withdraw_measure
from songda.deliveries.policy.library.tests.texts import CITY, NOW, PACKAGE, confirmed, drafts_of, received
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import system

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def city(cast):
    return received(system(), cast.city.area_path, CITY, "city")


@pytest.fixture
def zone(cast):
    return received(cast.editor, cast.zone.area_path)


@pytest.mark.row("POL-04")
def test_from_an_article_the_clause_it_implements_is_one_step_away(cast, city, zone):
    set_relation(zone.pk, city.pk, kind="implements", by=cast.editor, now=NOW)
    lower, upper = zone.articles.first(), city.articles.first()
    link_articles(lower.pk, upper.pk, kind="implements", by=cast.editor, now=NOW)
    assert queries.clauses_above(zone.articles.all())[lower.pk] == [upper]
    assert [one.upper for one in queries.documents_above(zone)] == [city]
    desk = queries.desk_of(zone, cast.editor)
    assert desk.articles[0].above == [upper]


def test_clauses_are_linked_only_between_related_documents(cast, city, zone):
    with pytest.raises(Invalid, match="还没有登记关系"):
        link_articles(zone.articles.first().pk, city.articles.first().pk, kind="implements", by=cast.editor, now=NOW)


def test_the_whole_chain_is_listed_nearest_first(cast, city, zone):
    province = received(
        system(), "", "示例省若干举措。\n一、示例条。对小微企业给予1万元补贴。\n二、示例条。加强协调。\n", "province"
    )
    set_relation(city.pk, province.pk, kind="implements", by=system(), now=NOW)
    set_relation(zone.pk, city.pk, kind="implements", by=cast.editor, now=NOW)
    assert [one.upper for one in queries.documents_above(zone)] == [city, province]


def test_a_relation_is_registered_once(cast, city, zone):
    set_relation(zone.pk, city.pk, kind="adds", by=cast.editor, now=NOW)
    with pytest.raises(Conflict):
        set_relation(zone.pk, city.pk, kind="adds", by=cast.editor, now=NOW)


def test_circles_and_the_wrong_way_up_are_refused(cast, city, zone):
    set_relation(zone.pk, city.pk, kind="implements", by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="以自己为上位"):
        set_relation(city.pk, zone.pk, kind="adds", by=system(), now=NOW)
    other = received(cast.editor, cast.zone.area_path, PACKAGE.replace("三条", "四条"))
    with pytest.raises(Invalid, match="不能落实"):
        set_relation(city.pk, other.pk, kind="implements", by=system(), now=NOW)
    with pytest.raises(Invalid, match="没有这种关系"):
        set_relation(other.pk, city.pk, kind="likes", by=cast.editor, now=NOW)


def test_superseding_a_document_ends_what_stands_on_it_alone(cast, zone):
    first, second = drafts_of(zone)[:2]
    newer = received(cast.editor, cast.zone.area_path, PACKAGE.replace("〔2020〕7号", "〔2020〕9号").replace("2个月", "3个月"))
    article = newer.articles.first()
    cite_clause(second.pk, article.pk, start=article.start, end=article.end, by=cast.editor, now=NOW)
    withdraw_measure(drafts_of(newer)[1].pk, reason="并入前一文件的同一措施", by=cast.editor, now=NOW)
    for version in (first, second):
        publish_measure(confirmed(version, cast.editor).pk, by=cast.publisher, now=NOW)
    with pytest.raises(NotPermitted):
        set_relation(newer.pk, zone.pk, kind="supersedes", by=cast.editor, now=NOW)
    set_relation(newer.pk, zone.pk, kind="supersedes", by=cast.publisher, now=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "published")


def test_a_stranger_relates_nothing(cast, city, zone):
    with pytest.raises((NotFound, NotPermitted)):
        set_relation(zone.pk, city.pk, kind="implements", by=cast.stranger, now=NOW)
