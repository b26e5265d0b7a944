from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.tests.texts import PACKAGE, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotPermitted

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def document(cast) -> Document:
    return received(cast.editor, cast.zone.area_path)


def test_the_frame_is_read(document):
    assert document.title == "甲开发区管理委员会关于支持示例企业渡过难关的若干措施"
    assert document.short_name == "示例三条"
    assert document.issued_on == dt.date(2020, 2, 20)
    assert document.valid_until == dt.date(2020, 12, 31)
    assert (document.claims_articles, document.claims_measures) == (3, 4)
    assert AuditEntry.objects.get(action="policy.receive").after["measures"] == 4


def test_articles_and_drafts_carry_their_words(document):
    articles = list(document.articles.all())
    assert [one.label for one in articles] == ["一、", "二、", "三、"]
    for version in drafts_of(document):
        assert version.state == "draft"
        for source in version.sources.all():
            assert document.text[source.start : source.end] == source.quote
    assert [one.kind for one in drafts_of(document)] == ["fund", "fund", "service", "service"]


def test_departments_known_by_name_are_linked(document, cast):
    assert drafts_of(document)[0].department_id == cast.bureau.pk
    assert drafts_of(document)[2].department_id is None
    assert drafts_of(document)[2].department_text == "甲区审批局"


def test_a_condition_wholly_understood_has_a_proposal_and_others_none(document):
    conditions = {one.quote: one.proposal for version in drafts_of(document) for one in version.open_conditions.all()}
    assert conditions["小微企业"] == "企业规模 属于 {小型；微型}"
    assert conditions["入驻孵化载体"] == ""


@pytest.mark.row("POL-01")
def test_the_same_text_twice_is_refused_and_the_first_is_named(document, cast):
    with pytest.raises(Conflict, match="示例企业渡过难关") as refused:
        received(cast.editor, cast.zone.area_path, PACKAGE.replace("\n", "\r\n ") + "\n")
    assert refused.value.code == "same_text"
    assert Document.objects.count() == 1


@pytest.mark.row("POL-01")
def test_another_print_of_the_same_title_is_kept_and_pointed_out(document, cast):
    other = received(cast.editor, cast.zone.area_path, PACKAGE.replace("免收2个月", "免收3个月"))
    assert list(queries.namesakes(other)) == [document]


def test_an_area_outside_the_scope_is_refused(cast):
    with pytest.raises(NotPermitted):
        received(cast.editor, cast.other_zone.area_path)


@pytest.mark.parametrize("part", ["desk", "publisher", "clerk"])
def test_only_editors_receive(cast, part):
    with pytest.raises(NotPermitted):
        received(getattr(cast, part), cast.zone.area_path)


def test_an_empty_text_is_refused(cast):
    with pytest.raises(Invalid):
        received(cast.editor, cast.zone.area_path, "  \n ")


def test_a_pack_may_bring_its_own_measures(cast):
    bare = received(cast.editor, cast.zone.area_path, drafts=False, title="示例三条")
    assert (bare.title, bare.articles.count(), len(drafts_of(bare))) == ("示例三条", 3, 0)


def test_receiving_takes_a_fixed_number_of_statements(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        received(
            cast.editor,
            cast.zone.area_path,
            PACKAGE.replace("三、", "".join(f"{n}、示例条。对小微企业给予{n}万元补贴。\n" for n in "四五六七八九") + "十、"),
        )
