from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songda.deliveries.policy.library.actions import annotate, publish_measure, settle_doubt
from songda.deliveries.policy.library.models import (
    Annotation,
    Article,
    Document,
    MeasureSource,
    MeasureVersion,
    OpenCondition,
    ReadingDoubt,
)
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, completed, confirmed, drafts_of, received
from songda.kernel import clock
from songda.registry.people.tests.cast import enter
from songda.registry.rulebook.tests.books import TEXT

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def document(cast) -> Document:
    return received(cast.editor, cast.zone.area_path)


@pytest.fixture
def editor(cast, client):
    return enter(client, cast.editor)


def long_package(articles: int) -> str:
    """A text of that many articles, a promise with a condition in each."""
    lines = "".join(f"{n}、示例事项{n}。对用工人数不少于{n}人的小微企业，给予{n}万元补贴。\n" for n in range(1, articles + 1))
    return f"甲开发区管理委员会关于示例的若干措施\n甲管〔2020〕{articles}号\n各有关单位：\n{lines}甲开发区管理委员会\n2020年2月20日\n"


def desk(document: Document) -> str:
    return f"/policy/review/{document.pk}/"


def text_of(response) -> str:
    return response.content.decode()


def told(response) -> str:
    """The messages on a page, one a line."""
    return "\n".join(re.findall(r'<div class="alert alert-\w+" role="status">([^<]+)</div>', text_of(response)))


def test_three_and_thirty_articles_take_the_same_queries(cast, editor):
    counts = []
    for articles in (3, 30):
        document = received(cast.editor, cast.zone.area_path, long_package(articles))
        assert document.articles.count() == articles
        annotate(document.pk, kind="key_point", note="", start=0, end=4, by=cast.editor, now=NOW)
        for address in (desk(document), f"/policy/documents/{document.pk}/"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert editor.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 34


def test_every_place_of_the_page_is_a_place_of_the_text(editor, document):
    page = text_of(editor.get(desk(document)))
    pieces = re.findall(r'<(?:mark|span) data-at="(\d+)"[^>]*>([^<]*)<', page)
    assert "".join(words for _at, words in pieces) == "".join(document.text.split("\n"))
    assert all(document.text[int(at) :].startswith(words) for at, words in pieces if "&" not in words)


def test_spans_carry_their_sort(cast, editor, document):
    ReadingDoubt.objects.create(document=document, kind="figure", weight=5, message="示例疑点", start=0, end=4, quote="甲开发区")
    annotate(document.pk, kind="red_line", note="不得示例", start=5, end=9, by=cast.editor, now=NOW)
    page = text_of(editor.get(desk(document)))
    for sort in ("source", "open", "figure", "unit", "doubt", "red_line"):
        assert re.search(rf'class="[^"]*s-{sort} ', page), sort
    assert '<span class="tag tag-red_line"><i class="ti ti-ban" aria-hidden="true"></i>红线</span>' in page


def test_the_bar_counts_what_is_left_and_what_was_seen(cast, editor, document):
    doubt = ReadingDoubt.objects.create(document=document, kind="date", weight=9, message="示例疑点", start=0, end=4)
    page = text_of(editor.get(desk(document)))
    left = int(re.search(r"还有 (\d+) 处待看", page)[1])
    assert f"已看 0 / 共 {left}" in page
    assert re.search(r'<li data-to="(\w+)">', page)[1] == f"d{doubt.pk}"  # the most doubtful first
    response = editor.post(f"/policy/doubts/{doubt.pk}/settle/", {"reason": "看过，无误"})
    assert response["Location"] == desk(document)
    page = text_of(editor.get(desk(document)))
    assert f"还有 {left - 1} 处待看" in page
    assert f"已看 1 / 共 {left}" in page


def test_a_reason_is_needed_to_settle_a_doubt(editor, document):
    doubt = ReadingDoubt.objects.create(document=document, kind="date", weight=9, message="示例疑点", start=0, end=4)
    assert "请写明理由" in told(editor.post(f"/policy/doubts/{doubt.pk}/settle/", {}, follow=True))
    doubt.refresh_from_db()
    assert doubt.settled == ""


def test_the_way_to_confirmation_is_told_and_walked_at_once(cast, editor, document):
    first, *others = drafts_of(document)
    completed(first, cast.editor)
    for version in others:
        completed(version, cast.editor)
    MeasureVersion.objects.filter(pk=others[0].pk).update(benefit="")
    OpenCondition.objects.filter(settled="").update(settled="示例")
    for article in document.articles.filter(cited_by=None):
        editor.post(f"/policy/articles/{article.pk}/no-measure/", {"reason": "工作要求"})
    for doubt in document.doubts.all():
        settle_doubt(doubt.pk, reason="示例", by=cast.editor, now=NOW)
    page = text_of(editor.get(desk(document)))
    assert "都看过了，送审前还缺" in page
    assert "支持内容 1 项" in page
    assert "审核确认 3 项" in page
    page = editor.post(f"{desk(document)}confirm/", follow=True)
    assert "已审核确认 3 项" in told(page)
    assert MeasureVersion.objects.filter(state="reviewed").count() == 3
    assert "没有完整的草稿可以确认" in told(editor.post(f"{desk(document)}confirm/", follow=True))


def test_one_refused_draft_holds_up_no_other(cast, editor, document):
    first, second, *_ = drafts_of(document)
    for version in (first, second):
        completed(version, cast.editor)
    case = first.rule_version.cases.filter(expect="是").first()
    type(case).objects.filter(pk=case.pk).update(expect="否")
    messages = told(editor.post(f"{desk(document)}confirm/", follow=True))
    assert "已审核确认 1 项" in messages
    assert f"“{first.title}”" in messages
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("draft", "reviewed")


def test_what_all_drafts_lack_is_filled_once(editor, document):
    editor.post(f"{desk(document)}fill/", {"field": "budget_line", "value": "示例纾困资金"})
    funds = MeasureVersion.objects.filter(kind="fund")
    assert {one.budget_line for one in funds} == {"示例纾困资金"}
    assert {one.budget_line for one in MeasureVersion.objects.filter(kind="service")} == {""}
    wrong = editor.post(f"{desk(document)}fill/", {"field": "time_limit_days", "value": "很多"}, follow=True)
    assert "整数" in told(wrong)
    assert not MeasureVersion.objects.filter(time_limit_days__isnull=False).exists()


def test_a_draft_is_split_where_the_text_was_clicked_or_at_a_listed_break(editor, document):
    version = drafts_of(document)[1]
    source = version.sources.get()
    form = text_of(editor.get(f"/policy/measures/{version.pk}/split/", HTTP_HX_REQUEST="true"))
    breaks = [int(at) for at in re.findall(r'name="at" value="(\d+)"', form)]
    assert breaks
    assert all(document.text[at - 1] in "。；，" for at in breaks)
    assert "<html" not in form
    response = editor.post(f"/policy/measures/{version.pk}/split/", {"at": str(breaks[0]), "document": document.pk})
    assert response["Location"] == f"{desk(document)}#v{version.pk}"
    source.refresh_from_db()
    assert source.end == breaks[0]
    wrong = editor.post(f"/policy/measures/{version.pk}/split/", {"at": "x"}, follow=True)
    assert "断开处不在这项措施的原文之内" in told(wrong)


def test_a_draft_joins_the_one_above(editor, document):
    above, version, *_ = drafts_of(document)
    page = text_of(editor.get(desk(document)))
    assert f'name="into" value="{above.pk}"' in page
    response = editor.post(f"/policy/measures/{version.pk}/merge/", {"into": above.pk})
    assert response["Location"] == f"{desk(document)}#v{above.pk}"
    version.refresh_from_db()
    assert version.state == "withdrawn"


def test_a_source_is_recut_by_place_or_by_words(editor, document):
    version = drafts_of(document)[0]
    source = version.sources.get()
    editor.post(f"/policy/sources/{source.pk}/recut/", {"start": source.start, "end": source.end - 3})
    shorter = MeasureSource.objects.get(pk=source.pk)
    assert shorter.end == source.end - 3
    editor.post(f"/policy/sources/{source.pk}/recut/", {"quote": source.quote})
    assert MeasureSource.objects.get(pk=source.pk).end == source.end
    refused = editor.post(f"/policy/sources/{source.pk}/recut/", {"quote": "别处的话"}, follow=True)
    assert "本条原文中没有这段文字" in told(refused)


def test_articles_are_corrected_split_and_merged(editor, document):
    first = document.articles.first()
    editor.post(f"/policy/articles/{first.pk}/", {"number": "1", "title": "租金", "departments": "甲区科工信局\n甲区住建局"})
    first.refresh_from_db()
    assert (first.title, first.departments) == ("租金", ["甲区科工信局", "甲区住建局"])
    at = document.text.index("对入驻孵化载体")
    editor.post(f"/policy/articles/{first.pk}/split/", {"at": at})
    assert document.articles.count() == 4
    editor.post(f"/policy/articles/{first.pk}/merge/")
    assert document.articles.count() == 3
    assert "最后一条" in told(editor.post(f"/policy/articles/{document.articles.last().pk}/merge/", follow=True))


def test_a_proposal_is_accepted_into_the_rule(editor, document):
    version = drafts_of(document)[0]
    OpenCondition.objects.filter(version=version).delete()
    one = OpenCondition.objects.create(version=version, quote="小微企业", start=1, end=5, proposal="企业规模 属于 {小型；微型}")
    two = OpenCondition.objects.create(
        version=version, quote="十人以上", start=6, end=9, proposal="用工人数 ≥ 10人 或 用工人数 < 3人"
    )
    editor.post(f"/policy/conditions/{one.pk}/accept/")
    version.refresh_from_db()
    assert version.rule_version.text == "企业规模 属于 {小型；微型}"
    editor.post(f"/policy/measures/{version.pk}/accept/")
    version.refresh_from_db()
    assert version.rule_version.text == "企业规模 属于 {小型；微型} 且 (用工人数 ≥ 10人 或 用工人数 < 3人)"
    assert {held.settled for held in (one, two) if held.refresh_from_db() is None} == {"已写入规则"}
    assert "没有建议的规则" in told(editor.post(f"/policy/measures/{version.pk}/accept/", follow=True))


def test_a_phrase_becomes_a_rule_in_place_and_a_wrong_one_stays_there(editor, document):
    version = drafts_of(document)[0]
    held = version.open_conditions.first()
    address = f"/policy/conditions/{held.pk}/"
    wrong = editor.post(address, {"proposal": "用工人敷 ≥ 10人", "accept": "1"}, HTTP_HX_REQUEST="true")
    assert wrong.status_code == 422
    assert "用工人敷" in text_of(wrong)
    right = editor.post(address, {"proposal": TEXT, "accept": "1", "back": desk(document)}, HTTP_HX_REQUEST="true")
    assert right["Location"] == desk(document)
    version.refresh_from_db()
    assert version.rule_version.text == "企业规模 属于 {小型；微型} 且 用工人数 ≥ 10人"


@pytest.mark.row("POL-30")
def test_words_are_marked_corrected_and_let_go(editor, document):
    at = document.text.index("免收2个月房租")
    place = {"start": at, "end": at + 7}
    editor.post(f"/policy/documents/{document.pk}/annotate/", {"kind": "key_point", "note": "先看这条", **place})
    mark = Annotation.objects.get()
    assert (mark.quote, mark.note) == ("免收2个月房租", "先看这条")
    unsaid = editor.post(f"/policy/documents/{document.pk}/annotate/", {"kind": "red_line", "note": "", **place}, follow=True)
    assert "红线须写明不得做什么" in told(unsaid)
    editor.post(f"/policy/annotations/{mark.pk}/", {"kind": "red_line", "note": "不得转嫁", "start": "", "end": ""})
    mark.refresh_from_db()
    assert (mark.kind, mark.note, mark.start) == ("red_line", "不得转嫁", at)
    editor.post(f"/policy/annotations/{mark.pk}/withdraw/")
    assert "不得转嫁" not in text_of(editor.get(desk(document)))


@pytest.mark.row("POL-30")
def test_marks_are_shown_with_the_measure(cast, editor, client, document):
    version = drafts_of(document)[0]
    source = version.sources.get()
    annotate(document.pk, kind="red_line", note="不得另加条件", start=source.start, end=source.end, by=cast.editor, now=NOW)
    publish_measure(confirmed(version, cast.editor).pk, by=cast.publisher, now=NOW)
    page = text_of(enter(client, cast.desk).get(f"/policy/measures/{version.pk}/"))
    assert "不得另加条件" in page


def test_a_draft_from_the_words_selected_leads_back_to_the_desk(editor, document):
    last = document.articles.last()
    at = document.text.index("推动工作落实")
    given = {"start": at, "end": at + 6, "title": "推动落实", "back": desk(document)}
    response = editor.post(f"/policy/articles/{last.pk}/draft/", given)
    version = MeasureVersion.objects.get(title="推动落实")
    assert response["Location"] == f"{desk(document)}#v{version.pk}"
    assert version.sources.get().quote == "推动工作落实"


def test_fields_are_corrected_in_place(editor, document):
    version = drafts_of(document)[0]
    address = f"/policy/measures/{version.pk}/draft/"
    form = text_of(editor.get(address, HTTP_HX_REQUEST="true"))
    assert "<html" not in form
    assert f'action="{address}" data-stay' in form
    wrong = editor.post(address, {"title": ""}, HTTP_HX_REQUEST="true")
    assert wrong.status_code == 422
    given = {"title": "免租", "kind": "fund", "benefit": "免租", "back": desk(document)}
    assert editor.post(address, given, HTTP_HX_REQUEST="true")["Location"] == desk(document)


@pytest.mark.row("POL-01")
def test_the_same_text_leads_to_the_document_and_offers_to_read_again(cast, editor, document):
    page = text_of(editor.post("/policy/documents/upload/", {"text": PACKAGE, "level": "park", "area_path": cast.zone.area_path}))
    assert "这份文件已经收过" in page
    assert f'href="{desk(document)}"' in page
    assert f'action="/policy/documents/{document.pk}/reread/"' in page
    again = editor.post(f"/policy/documents/{document.pk}/reread/", {"back": desk(document)}, follow=True)
    assert "保留 4 项，重拟 0 项，新增 0 项，撤回 0 项" in told(again)


def test_level_and_area_chosen_last_are_offered_again(cast, editor):
    editor.post("/policy/documents/upload/", {"text": PACKAGE, "level": "district", "area_path": cast.zone.area_path})
    page = text_of(editor.get("/policy/documents/upload/"))
    assert '<option value="district" selected>' in page


def test_a_new_version_is_compared_article_by_article(cast, editor, document):
    published = publish_measure(confirmed(drafts_of(document)[0], cast.editor).pk, by=cast.publisher, now=NOW)
    kept, lost = document.text.index("5个工作日内办结"), document.text.index("明确责任分工")
    annotate(document.pk, kind="key_point", note="办结", start=kept, end=kept + 8, by=cast.editor, now=NOW)
    annotate(document.pk, kind="red_line", note="不得推诿", start=lost, end=lost + 6, by=cast.editor, now=NOW)
    text = PACKAGE.replace("免收2个月房租", "免收3个月房租").replace("，明确责任分工", "") + "\n"
    response = editor.post(f"/policy/documents/{document.pk}/version/", {"text": text})
    new = Document.objects.get(former=document)
    assert response["Location"] == f"/policy/documents/{new.pk}/compare/"
    page = text_of(editor.get(response["Location"]))
    assert "<del>2</del>" in page
    assert "<ins>3</ins>" in page
    assert "有改动 <b>2 条</b>" in page
    assert "1 处标注的原文已无" in page
    assert "不得推诿" in page
    assert f"{published.title}</a> v2 · 草稿" in page
    draft = MeasureVersion.objects.get(measure=published.measure, number=2)
    page = text_of(editor.get(f"/policy/measures/{draft.pk}/"))
    assert "与 v1 的不同" in page
    assert "<ins>3</ins>" in page
    lost_mark = Annotation.objects.get(document=new, standing="lost")
    assert f'data-to="n{lost_mark.pk}"' in text_of(editor.get(desk(new)))


def test_a_document_without_a_former_version_is_compared_with_nothing(editor, document):
    page = editor.get(f"/policy/documents/{document.pk}/compare/", follow=True)
    assert "没有前一版" in told(page)


def test_who_confirmed_reads_why_he_does_not_publish(cast, editor, document):
    version = confirmed(drafts_of(document)[0], cast.editor)
    both = enter(editor, cast.publisher)
    MeasureVersion.objects.filter(pk=version.pk).update(confirmed_by=cast.publisher.account_id)
    page = text_of(both.get(f"/policy/measures/{version.pk}/"))
    assert "由您审核确认，须由另一人发布" in page
    assert "发布并匹配" not in page


def test_readers_have_no_bar_and_no_buttons(cast, client, document):
    publish_measure(confirmed(drafts_of(document)[0], cast.editor).pk, by=cast.publisher, now=NOW)
    page = text_of(enter(client, cast.desk).get(desk(document)))
    assert "dk-bar" not in page
    assert "data-pick" not in page
    assert "data-stay" not in page
    assert Article.objects.filter(document=document).first().label in page
