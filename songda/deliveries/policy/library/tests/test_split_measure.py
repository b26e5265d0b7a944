from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    cite_clause,
    confirm_measure,
    edit_condition,
    merge_measures,
    recut_source,
    settle_condition,
    split_measure,
)
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import CITY, NOW, completed, confirmed, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotPermitted

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def document(cast):
    return received(cast.editor, cast.zone.area_path)


def between(document):
    """The place between the two promises of the first article."""
    return document.text.index("对入驻孵化载体")


@pytest.fixture
def joined(cast, document):
    """The two drafts of the first article as one."""
    first, second, *_rest = drafts_of(document)
    return merge_measures(first.pk, [second.pk], by=cast.editor, now=NOW)


def test_drafts_are_joined_and_the_others_withdrawn(cast, document, joined):
    source = joined.sources.get()
    assert source.quote == document.text[source.start : source.end]
    assert source.quote.startswith("对承租国有房屋")
    assert source.quote.endswith("最高不超过3万元。")
    assert joined.benefit == source.quote
    assert {one.quote for one in joined.open_conditions.all()} >= {"入驻孵化载体", "小微企业"}
    gone = drafts_of(document)[1]
    assert gone.state == "withdrawn"
    assert AuditEntry.objects.get(action="policy.withdraw").after["reason"] == f"并入“{joined.title}”"
    assert queries.package(document).measures == 3


def test_a_draft_is_split_and_everything_goes_to_its_side(cast, document, joined):
    completed(joined, cast.editor)
    second = split_measure(joined.pk, at=between(document), by=cast.editor, now=NOW)
    first = MeasureVersion.objects.get(pk=joined.pk)
    assert first.sources.get().end <= between(document) <= second.sources.get().start
    assert (first.benefit, second.benefit) == (first.sources.get().quote, second.sources.get().quote)
    assert [one.quote for one in second.open_conditions.all()][:1] == ["入驻孵化载体"]
    assert all(one.end <= between(document) for one in first.open_conditions.all())
    assert first.rule_version is not None
    assert second.rule_version is None
    assert (second.state, second.number, second.measure.code) == ("draft", 1, f"d{document.pk}-m5")
    assert second.touched
    entry = AuditEntry.objects.get(action="policy.split")
    assert (entry.thing_id, entry.after["second"]) == (str(first.pk), second.pk)


def test_splitting_and_joining_lead_back(cast, document):
    before = [(one.quote, one.start, one.end) for version in drafts_of(document)[:2] for one in version.sources.all()]
    first, second, *_rest = drafts_of(document)
    merge_measures(first.pk, [second.pk], by=cast.editor, now=NOW)
    new = split_measure(first.pk, at=between(document), by=cast.editor, now=NOW)
    after = [(one.quote, one.start, one.end) for version in (first, new) for one in version.sources.all()]
    assert after == before


def test_what_was_written_into_a_rule_that_goes_is_open_again(cast, document):
    first, second, *_rest = drafts_of(document)
    completed(second, cast.editor)
    settle_condition(second.open_conditions.first().pk, reason="由窗口判断", by=cast.editor, now=NOW)
    merge_measures(first.pk, [second.pk], by=cast.editor, now=NOW)
    taken = first.open_conditions.filter(start__gte=between(document))
    assert sorted(one.settled for one in taken) == sorted(["不作判定：由窗口判断", *[""] * (taken.count() - 1)])


@pytest.mark.parametrize("place", [0, -1, 10_000])
def test_a_place_outside_the_words_is_refused(cast, document, place):
    version = drafts_of(document)[0]
    with pytest.raises(Invalid, match="不在这项措施的原文"):
        split_measure(version.pk, at=version.sources.get().start + place, by=cast.editor, now=NOW)


def test_on_two_documents_the_document_says_which_place_is_meant(cast, document, joined):
    other = received(cast.editor, cast.zone.area_path, document.text.replace("3万元", "4万元"))
    article = other.articles.first()
    cite_clause(joined.pk, article.pk, start=article.start, end=article.end, by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="两份文件"):
        split_measure(joined.pk, at=between(document), by=cast.editor, now=NOW)
    second = split_measure(joined.pk, at=between(document), document_id=document.pk, by=cast.editor, now=NOW)
    assert second.sources.get().article.document == document


def test_drafts_of_strangers_are_not_joined(cast, document):
    other = received(cast.editor, cast.zone.area_path, CITY)
    first, second = drafts_of(document)[0], drafts_of(other)[0]
    with pytest.raises(Conflict, match="不出自同一份文件"):
        merge_measures(first.pk, [second.pk], by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="没有选择"):
        merge_measures(first.pk, [first.pk], by=cast.editor, now=NOW)


def test_only_drafts_are_split_joined_and_recut(cast, document):
    first, second, *_rest = drafts_of(document)
    confirmed(first, cast.editor)
    source = first.sources.get()
    steps = (
        lambda: split_measure(first.pk, at=source.start + 5, by=cast.editor, now=NOW),
        lambda: merge_measures(second.pk, [first.pk], by=cast.editor, now=NOW),
        lambda: merge_measures(first.pk, [second.pk], by=cast.editor, now=NOW),
        lambda: recut_source(source.pk, start=source.start, end=source.end - 1, by=cast.editor, now=NOW),
    )
    for step in steps:
        with pytest.raises(Conflict, match="不是草稿"):
            step()


def test_other_words_of_the_article_are_chosen(cast, document):
    version = drafts_of(document)[0]
    source = version.sources.get()
    recut_source(source.pk, start=source.start, end=source.end - 1, by=cast.editor, now=NOW)
    version.refresh_from_db()
    source.refresh_from_db()
    assert source.quote == document.text[source.start : source.end] == version.benefit
    last = document.articles.last()
    with pytest.raises(Invalid, match="不在本条之内"):
        recut_source(source.pk, start=last.start, end=last.end, by=cast.editor, now=NOW)


def test_a_benefit_in_a_persons_words_stays(cast, document):
    version = completed(drafts_of(document)[0], cast.editor)
    MeasureVersion.objects.filter(pk=version.pk).update(benefit="免两个月房租")
    source = version.sources.get()
    recut_source(source.pk, start=source.start, end=source.end - 1, by=cast.editor, now=NOW)
    version.refresh_from_db()
    assert version.benefit == "免两个月房租"


def test_a_proposal_is_corrected_and_read(cast, document):
    version = completed(drafts_of(document)[1], cast.editor)
    condition = version.open_conditions.get(quote="入驻孵化载体")
    edit_condition(condition.pk, proposal="企业规模属于{小型;微型}", by=cast.editor, now=NOW)
    condition.refresh_from_db()
    assert (condition.proposal, condition.settled) == ("企业规模 属于 {小型；微型}", "")
    with pytest.raises(Invalid) as refused:
        edit_condition(condition.pk, proposal="企业规模属于", by=cast.editor, now=NOW)
    assert set(refused.value.fields) == {"proposal"}
    with pytest.raises(Invalid, match="不完整"):
        confirm_measure(version.pk, by=cast.editor, now=NOW)


def test_publishers_do_not_correct(cast, document):
    first, second, *_rest = drafts_of(document)
    with pytest.raises(NotPermitted):
        merge_measures(first.pk, [second.pk], by=cast.publisher, now=NOW)
    with pytest.raises(NotPermitted):
        split_measure(first.pk, at=between(document), by=cast.publisher, now=NOW)
