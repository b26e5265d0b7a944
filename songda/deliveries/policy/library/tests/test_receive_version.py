from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    annotate,
    edit_annotation,
    edit_article,
    edit_draft,
    file_document,
    mark_no_measure,
    publish_measure,
    receive_version,
    set_relation,
    settle_condition,
    withdraw_measure,
)
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, completed, confirmed, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, NotFound, NotPermitted
from songda.registry.actors import system

pytestmark = pytest.mark.usefixtures("catalogue")
NEXT = (
    PACKAGE.replace("甲管〔2020〕7号", "甲管〔2020〕19号")
    .replace("最高不超过3万元", "最高不超过5万元")
    .replace("二、优化审批服务", "三、优化审批服务")
    .replace("三、加强组织领导", "四、加强组织领导")
    .replace("二、", "三、")
    .replace(
        "三、优化审批服务",
        "二、给予贷款贴息。对新增贷款的小微企业，按利息的30%给予贴息，最高10万元。（责任单位：甲区科工信局）\n三、优化审批服务",
    )
    .replace("简称“示例三条”，共3条4项举措", "简称“示例四条”，共4条5项举措")
)


@pytest.fixture
def former(cast):
    return received(cast.editor, cast.zone.area_path)


def later(cast, former, text=NEXT):
    return receive_version(former.pk, text=text, file_name="新.txt", by=cast.editor, now=NOW)


def published(cast, version):
    return publish_measure(confirmed(version, cast.editor).pk, by=cast.publisher, now=NOW)


def quotes(version, document):
    return [one.quote for one in version.sources.filter(article__document=document)]


def test_the_frame_is_taken_over_where_the_text_is_silent(cast, former):
    file_document(former.pk, ["rent"], by=cast.editor, now=NOW)
    document = later(cast, former)
    assert (document.former, document.number, document.claims_articles) == (former, "甲管〔2020〕19号", 4)
    assert (document.file_name, document.area_path, document.level) == ("新.txt", former.area_path, former.level)
    assert [one.category for one in document.filings.all()] == ["rent"]
    bare = later(cast, document, NEXT[NEXT.index("一、减免") : NEXT.index("本措施自发布")])
    assert (bare.number, bare.issuer) == (document.number, document.issuer)
    assert (bare.issued_on, bare.valid_until, bare.claims_articles) == (None, None, None)


def test_unchanged_measures_stand_on_both_texts(cast, former):
    drafts = drafts_of(former)
    told = published(cast, drafts[0])
    document = later(cast, former)
    assert quotes(told, former) == quotes(told, document) != []
    assert quotes(drafts[2], document) == quotes(drafts[2], former)
    condition = drafts[2].open_conditions.first()
    assert condition is None or condition.document == document
    told.refresh_from_db()
    assert told.state == "published"
    assert AuditEntry.objects.get(action="policy.receive_version").after["same"] == 3


def test_new_articles_bring_new_drafts(cast, former):
    document = later(cast, former)
    new = MeasureVersion.objects.exclude(measure__code__startswith=f"d{former.pk}-").get()
    assert quotes(new, document)[0].startswith("对新增贷款的小微企业")
    assert not new.touched
    assert queries.package(document).articles_agree
    assert queries.package(document).measures == 5


def test_a_draft_nobody_touched_says_the_new_words(cast, former):
    draft = drafts_of(former)[1]
    document = later(cast, former)
    draft.refresh_from_db()
    assert "5万元" in draft.benefit
    assert (quotes(draft, former), quotes(draft, document)) == ([], [draft.benefit])
    assert {one.document for one in draft.open_conditions.all()} == {document}


def test_a_draft_somebody_touched_keeps_its_words_and_stands_on_the_new(cast, former):
    draft = drafts_of(former)[1]
    edit_draft(draft.pk, {"title": "孵化补贴", "benefit": "补一半房租"}, by=cast.editor, now=NOW)
    settle_condition(draft.open_conditions.get(quote="入驻孵化载体").pk, reason="窗口看", by=cast.editor, now=NOW)
    document = later(cast, former)
    draft.refresh_from_db()
    assert (draft.title, draft.benefit) == ("孵化补贴", "补一半房租")
    assert quotes(draft, former) == []
    assert "5万元" in quotes(draft, document)[0]
    kept = draft.open_conditions.get(quote="入驻孵化载体")
    assert (kept.document, kept.settled) == (document, "不作判定：窗口看")
    assert document.text[kept.start : kept.end] == kept.quote


@pytest.mark.parametrize("state", ["published", "reviewed"])
def test_what_somebody_stood_for_is_revised_once(cast, former, state):
    version = drafts_of(former)[1]
    version = published(cast, version) if state == "published" else confirmed(version, cast.editor)
    document = later(cast, former)
    version.refresh_from_db()
    assert (version.state, quotes(version, document)) == (state, [])
    draft = MeasureVersion.objects.get(measure=version.measure, number=2)
    assert (draft.state, draft.touched, quotes(draft, former)) == ("draft", True, [])
    assert "5万元" in draft.benefit
    assert draft.rule_version.digest == version.rule_version.digest
    third = later(cast, document, NEXT.replace("5万元", "6万元"))
    draft.refresh_from_db()
    assert "6万元" in draft.benefit
    assert MeasureVersion.objects.filter(measure=version.measure).count() == 2
    assert quotes(draft, third) == [draft.benefit]


def test_new_words_of_a_condition_are_asked_in_the_revision(cast, former):
    version = published(cast, drafts_of(former)[1])
    later(cast, former, NEXT.replace("对入驻孵化载体的小微企业", "对入驻孵化载体且用工人数10人以上的小微企业"))
    draft = MeasureVersion.objects.get(measure=version.measure, number=2)
    asked = [one.quote for one in draft.open_conditions.all()]
    assert any("10人以上" in one for one in asked)
    assert "入驻孵化载体" not in asked


def test_what_is_gone_is_listed_and_nothing_happens_to_it(cast, former):
    version = published(cast, drafts_of(former)[0])
    document = later(cast, former, NEXT.replace("对承租国有房屋的中小微企业，免收2个月房租。", ""))
    version.refresh_from_db()
    assert (version.state, quotes(version, document)) == ("published", [])
    pairs = queries.alignment_of(document, cast.editor)
    changed = next(one for one in pairs if one.former and one.former.label == "一、")
    assert changed.kind == "changed"
    assert version in changed.measures
    set_relation(document.pk, former.pk, kind="supersedes", by=cast.publisher, now=NOW)
    version.refresh_from_db()
    assert version.state == "superseded"


def test_superseding_the_former_text_leaves_what_stands_on_both(cast, former):
    version = published(cast, drafts_of(former)[0])
    document = later(cast, former)
    set_relation(document.pk, former.pk, kind="supersedes", by=cast.publisher, now=NOW)
    version.refresh_from_db()
    assert version.state == "published"


def test_what_a_person_withdrew_is_not_drafted_again(cast, former):
    gone = drafts_of(former)[1]
    withdraw_measure(gone.pk, reason="不能兑现", by=cast.editor, now=NOW)
    document = later(cast, former, NEXT.replace("最高不超过5万元", "最高不超过3万元"))
    assert not any("孵化载体" in quote for one in drafts_of(document) if one.state == "draft" for quote in quotes(one, document))


def test_what_was_said_of_an_article_holds_for_the_same_words(cast, former):
    second, third = former.articles.all()[1:]
    mark_no_measure(third.pk, reason="工作要求", by=cast.editor, now=NOW)
    edit_article(second.pk, {"departments": ["甲区科工信局"]}, by=cast.editor, now=NOW)
    document = later(cast, former)
    held = {one.title: (one.no_measure, one.departments) for one in document.articles.all()}
    assert held[third.title][0] == "工作要求"
    assert held[second.title][1] == ["甲区科工信局"]
    assert not queries.uncovered_articles(document).exists()


@pytest.mark.row("POL-30")
def test_annotations_survive_the_new_version(cast, former):
    def marked(words, kind="key_point", note=""):
        start = former.text.index(words)
        return annotate(former.pk, kind=kind, note=note, start=start, end=start + len(words), by=cast.editor, now=NOW)

    exact, moved, lost = (
        marked("5个工作日内办结"),
        marked("给予补贴，最高不超过3万元", "red_line", "不得超额"),
        marked("为帮助示例企业稳定经营"),
    )
    document = later(cast, former, NEXT.replace("为帮助示例企业稳定经营", "根据市里部署"))
    found = {one.carried_from_id: one for one in queries.annotations_of(document)}
    assert {one.standing for one in found.values()} == {"exact", "moved", "lost"}
    assert (found[exact.pk].standing, found[exact.pk].quote) == ("exact", exact.quote)
    assert (found[moved.pk].standing, found[moved.pk].note) == ("moved", "不得超额")
    assert found[moved.pk].quote == document.text[found[moved.pk].start : found[moved.pk].end]
    assert "5万元" in found[moved.pk].quote
    assert (found[lost.pk].standing, found[lost.pk].quote, found[lost.pk].article) == ("lost", lost.quote, None)
    assert [one.pk for one in queries.red_lines(cast.zone.area_path, on=dt.date(2020, 3, 10))] == [found[moved.pk].pk]
    doubts = queries.doubts_of(queries.desk_of(document, cast.editor), document)
    assert f"n{found[lost.pk].pk}" in {one.anchor for one in doubts}
    start = document.text.index("根据市里部署")
    edit_annotation(found[lost.pk].pk, start=start, end=start + 6, by=cast.editor, now=NOW)
    found[lost.pk].refresh_from_db()
    assert (found[lost.pk].standing, found[lost.pk].quote) == ("exact", "根据市里部署")


def test_a_measure_on_both_texts_tells_a_mark_once(cast, former):
    start = former.text.index("免收2个月房租")
    annotate(former.pk, kind="key_point", note="", start=start, end=start + 7, by=cast.editor, now=NOW)
    document = later(cast, former)
    (mark,) = queries.marks_for_measure(drafts_of(former)[0])
    assert mark.document == document


def test_the_alignment_is_told_with_its_words(cast, former, django_assert_num_queries):
    document = later(cast, former)
    with django_assert_num_queries(2):
        pairs = queries.alignment_of(document)
    told = [(one.former and one.former.label, one.article and one.article.label, one.kind) for one in pairs]
    assert told == [("一、", "一、", "changed"), (None, "二、", "new"), ("二、", "三、", "same"), ("三、", "四、", "same")]
    pieces = pairs[0].pieces
    assert ("gone", "3") in pieces
    assert ("new", "5") in pieces
    assert "".join(text for op, text in pieces if op != "gone").endswith("（责任单位：甲区科工信局）")
    assert queries.alignment_of(former) == []


def test_the_same_text_is_no_version_and_others_receive_none(cast, former):
    with pytest.raises(Conflict) as refused:
        later(cast, former, PACKAGE)
    assert (refused.value.code, refused.value.fields) == ("same_text", {"document": str(former.pk)})
    with pytest.raises(NotPermitted):
        receive_version(former.pk, text=NEXT, by=cast.publisher, now=NOW)
    other = received(system(), cast.other_zone.area_path, PACKAGE.replace("甲", "乙"))
    with pytest.raises(NotFound):
        later(cast, other)


def test_measures_of_other_areas_are_left_alone(cast, former):
    version = completed(drafts_of(former)[1], cast.editor)
    MeasureVersion.objects.filter(pk=version.pk).update(area_path=cast.other_zone.area_path)
    document = later(cast, former)
    assert quotes(version, document) == []
    assert quotes(version, former) != []
