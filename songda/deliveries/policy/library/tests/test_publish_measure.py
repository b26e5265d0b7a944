from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    edit_document,
    mark_no_measure,
    publish_measure,
    publish_package,
    revise_measure,
    withdraw_measure,
)
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, confirmed, drafts_of, received
from songda.kernel.errors import Conflict, Invalid, NotPermitted

pytestmark = pytest.mark.usefixtures("catalogue")
LATER = NOW + dt.timedelta(days=30)


@pytest.fixture
def document(cast):
    return received(cast.editor, cast.zone.area_path)


def published(cast, version) -> MeasureVersion:
    return publish_measure(confirmed(version, cast.editor).pk, by=cast.publisher, now=NOW)


def test_a_second_person_publishes(cast, document):
    version = published(cast, drafts_of(document)[0])
    assert (version.state, version.published_by) == ("published", cast.publisher.account_id)
    assert version.rule_version.starts_on is None or version.rule_version.pk
    version.rule_version.refresh_from_db()
    assert version.rule_version.starts_on == dt.date(2020, 3, 10)
    assert list(queries.published_versions(dt.date(2020, 6, 1))) == [version]


def test_a_closed_measure_is_not_among_the_published_of_that_day(cast, document):
    published(cast, drafts_of(document)[0])
    assert not queries.published_versions(dt.date(2021, 1, 1)).exists()


@pytest.mark.row("POL-18")
def test_the_tree_must_hold_as_many_as_the_package_says(cast, document):
    version = confirmed(drafts_of(document)[0], cast.editor)
    withdraw_measure(drafts_of(document)[3].pk, reason="不能兑现", by=cast.editor, now=NOW)
    with pytest.raises(Invalid) as refused:
        publish_measure(version.pk, by=cast.publisher, now=NOW)
    assert refused.value.code == "wrong_count"
    assert refused.value.fields == {"claims_measures": "自称 4 项举措，实有 3 项。"}
    edit_document(document.pk, {"claims_measures": 3, "claims_articles": 9}, by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="不符"):
        publish_measure(version.pk, by=cast.publisher, now=NOW)
    edit_document(document.pk, {"claims_articles": 3}, by=cast.editor, now=NOW)
    assert publish_measure(version.pk, by=cast.publisher, now=NOW).state == "published"


@pytest.mark.row("POL-02", "POL-18")
def test_a_package_is_published_when_every_article_is_covered(cast, document):
    for version in drafts_of(document):
        confirmed(version, cast.editor)
    with pytest.raises(Invalid, match="三、加强组织领导") as refused:
        publish_package(document.pk, by=cast.publisher, now=NOW)
    assert refused.value.code == "uncovered"
    last = document.articles.get(label="三、")
    mark_no_measure(last.pk, reason="工作要求", by=cast.editor, now=NOW)
    assert len(publish_package(document.pk, by=cast.publisher, now=NOW)) == 4
    found = queries.package(document)
    assert (found.articles, found.measures, found.fund, found.service) == (3, 4, 2, 2)
    with pytest.raises(Invalid, match="没有已审核"):
        publish_package(document.pk, by=cast.publisher, now=NOW)


@pytest.mark.row("POL-02")
def test_a_covered_article_cannot_be_marked_empty(cast, document):
    with pytest.raises(Conflict):
        mark_no_measure(document.articles.first().pk, reason="工作要求", by=cast.editor, now=NOW)
    assert [one.label for one in queries.uncovered_articles(document)] == ["三、"]


@pytest.mark.row("POL-19")
def test_the_two_kinds_are_counted_apart(cast, document):
    assert queries.counts_by_kind(MeasureVersion.objects.all()) == {"fund": 2, "service": 2}


def test_a_new_version_takes_the_place_of_the_old(cast, document):
    first = published(cast, drafts_of(document)[0])
    second = revise_measure(first.pk, by=cast.editor, now=LATER)
    assert (second.number, second.sources.count(), second.rule_version.digest) == (2, 1, first.rule_version.digest)
    with pytest.raises(Conflict):
        revise_measure(first.pk, by=cast.editor, now=LATER)
    publish_measure(confirmed(second, cast.editor).pk, by=cast.publisher, now=LATER)
    first.refresh_from_db()
    first.rule_version.refresh_from_db()
    assert first.state == "superseded"
    assert first.rule_version.ends_on == dt.date(2020, 4, 8)
    assert queries.package(document).measures == 4


def test_the_confirmer_does_not_publish(cast, document):
    version = confirmed(drafts_of(document)[0], cast.editor)
    both = type(cast.editor)(
        **{
            **{name: getattr(cast.editor, name) for name in cast.editor.__slots__},
            "permissions": frozenset({"policy.edit", "policy.publish"}),
        }
    )
    with pytest.raises(NotPermitted, match="另一人"):
        publish_measure(version.pk, by=both, now=NOW)
