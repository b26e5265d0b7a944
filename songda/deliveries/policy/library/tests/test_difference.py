from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import edit_draft, publish_measure, receive_version, revise_measure, write_rule
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, confirmed, drafts_of, received
from songda.registry.rulebook.tests.books import AMOUNT, CASES

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def version(cast):
    draft = drafts_of(received(cast.editor, cast.zone.area_path))[1]
    return publish_measure(confirmed(draft, cast.editor).pk, by=cast.publisher, now=NOW)


def test_a_first_version_differs_from_nothing(version):
    assert queries.difference_of(version) is None


def test_an_unchanged_revision_says_so(cast, version):
    found = queries.difference_of(revise_measure(version.pk, by=cast.editor, now=NOW))
    assert found.older == version
    assert found.nothing


def test_fields_rule_and_text_are_told_before_and_after(cast, version):
    draft = revise_measure(version.pk, by=cast.editor, now=NOW)
    edit_draft(draft.pk, {"title": "新名称", "papers": ["申请表", "租赁合同"]}, by=cast.editor, now=NOW)
    write_rule(draft.pk, text="企业规模属于{小型}", amount_text=AMOUNT, cases=CASES, by=cast.editor, now=NOW)
    draft.refresh_from_db()
    found = queries.difference_of(draft)
    assert [(one.label, one.before, one.after) for one in found.fields] == [
        ("名称", version.title, "新名称"),
        ("申报材料", "", "申请表\n租赁合同"),
    ]
    assert found.rule.gone == ("企业规模 属于 {小型；微型}", "用工人数 ≥ 10人")
    assert found.rule_before != found.rule_after
    assert not found.nothing


def test_the_new_words_are_told(cast, version):
    document = version.sources.get().article.document
    receive_version(document.pk, text=PACKAGE.replace("3万元", "5万元"), by=cast.editor, now=NOW)
    found = queries.difference_of(MeasureVersion.objects.get(measure=version.measure, number=2))
    assert [piece for piece in found.sources if piece[0] != "same"] == [("gone", "3"), ("new", "5")]
    assert [one.label for one in found.fields] == ["支持内容"]
