from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import give_contact, publish_measure
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.library.tests.texts import CONTACT, NOW, PACKAGE, completed, confirmed, drafts_of, received
from songda.engines.reading.tests.files import TITLE, policy_pdf
from songda.kernel import clock
from songda.registry.people.tests.cast import enter
from songda.registry.rulebook.rules.case_lines import lines_of_cases
from songda.registry.rulebook.tests.books import AMOUNT, CASES, TEXT

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def document(cast) -> Document:
    return received(cast.editor, cast.zone.area_path)


def text_of(response) -> str:
    return response.content.decode()


def test_upload_reads_and_leads_to_the_desk(cast, client):
    enter(client, cast.editor)
    file = SimpleUploadedFile("示例.txt", PACKAGE.encode())
    response = client.post("/policy/documents/upload/", {"file": file, "level": "park", "area_path": cast.zone.area_path})
    document = Document.objects.get()
    assert response["Location"] == f"/policy/review/{document.pk}/"
    assert document.file_name == "示例.txt"
    again = client.post("/policy/documents/upload/", {"text": PACKAGE, "level": "park", "area_path": cast.zone.area_path})
    assert "已经收过" in text_of(again)


def test_a_pdf_is_read_as_its_text(cast, client):
    enter(client, cast.editor)
    assert 'accept=".txt,.docx,.pdf,.html,.htm,.ofd"' in text_of(client.get("/policy/documents/upload/"))
    file = SimpleUploadedFile("示例.pdf", policy_pdf())
    client.post("/policy/documents/upload/", {"file": file, "level": "city", "area_path": cast.zone.area_path})
    document = Document.objects.get()
    assert (document.title, document.articles.count()) == (TITLE, 4)


@pytest.mark.parametrize(("content", "said"), [(b"%PDF-1.7", "PDF"), (b"", "请选择文件"), (b"PK\x03\x04zip", "docx")])
def test_an_upload_that_cannot_be_read_is_refused_with_advice(cast, client, content, said):
    enter(client, cast.editor)
    file = io.BytesIO(content)
    file.name = "示例.pdf"
    given = {"level": "park", "area_path": cast.zone.area_path} | ({"file": file} if content else {})
    assert said in text_of(client.post("/policy/documents/upload/", given))
    assert not Document.objects.exists()


def test_the_desk_lights_the_text_and_escapes_it(cast, client):
    wild = received(cast.editor, cast.zone.area_path, PACKAGE.replace("承租国有房屋", "<b>承租国有房屋</b>&amp;"))
    page = text_of(enter(client, cast.editor).get(f"/policy/review/{wild.pk}/"))
    assert "&lt;b&gt;承租国有房屋&lt;/b&gt;&amp;amp;" in re.sub(r"</?(?:mark|a|span)\b[^>]*>", "", page)
    assert "<b>承租国有房屋" not in page
    lit = "".join(re.findall(r'<mark data-at="\d+" data-ids="m\d+[^>]*>([^<]*)</mark>', page))
    assert "按2个月租金的50%给予补贴" in lit
    assert "缺适用规则" in page
    assert "审核确认</button>" not in page


def test_the_desk_takes_the_same_queries_however_long_it_is(cast, client, django_assert_max_num_queries):
    enter(client, cast.editor)
    long = received(
        cast.editor,
        cast.zone.area_path,
        PACKAGE.replace(
            "三、", "".join(f"{n}、示例条。对小微企业给予{i}万元补贴。\n" for i, n in enumerate("三四五六七八", 1)) + "九、"
        ),
    )
    assert len(drafts_of(long)) == 10
    with django_assert_max_num_queries(24):
        client.get(f"/policy/review/{long.pk}/")


@pytest.mark.parametrize(
    "address", ["/policy/documents/", "/policy/documents/{d}/", "/policy/review/{d}/", "/policy/measures/", "/policy/measures/{m}/",
                "/policy/measures/{m}/draft/", "/policy/measures/{m}/rule/", "/policy/documents/{d}/frame/"]
)  # fmt: skip
def test_pages_answer(cast, client, document, address):
    version = completed(drafts_of(document)[0], cast.editor)
    response = enter(client, cast.editor).get(address.format(d=document.pk, m=version.pk))
    assert response.status_code == 200
    assert "{%" not in text_of(response)


def test_a_measure_walks_from_draft_to_published_by_two_persons(cast, client, document):
    version = drafts_of(document)[0]
    give_contact(version.pk, CONTACT, by=cast.editor, now=NOW)
    at = f"/policy/measures/{version.pk}/"
    enter(client, cast.editor)
    client.post(
        f"{at}draft/",
        {
            "title": "租金减免",
            "kind": "fund",
            "benefit": "免收2个月房租",
            "budget_line": "示例资金",
            "papers": "申请表\n\n租赁合同",
        },
    )
    client.post(f"{at}rule/", {"text": TEXT, "amount_text": AMOUNT, "cases": lines_of_cases(CASES)})
    for condition in version.open_conditions.all():
        client.post(f"/policy/conditions/{condition.pk}/settle/", {"reason": ""})
    client.post(f"{at}confirm/")
    version.refresh_from_db()
    assert (version.state, version.papers) == ("reviewed", ["申请表", "租赁合同"])
    refused = client.post(f"{at}publish/")
    assert refused.status_code == 403
    enter(client, cast.publisher).post(f"{at}publish/")
    version.refresh_from_db()
    assert version.state == "published"
    page = text_of(client.get(at))
    assert "企业规模 属于 {小型；微型}" in page
    assert "全部满足" in page
    assert f"/policy/measures/{version.pk}/audience/" in page


def test_a_wrong_rule_stays_on_the_page_with_its_place(cast, client, document):
    version = drafts_of(document)[0]
    page = text_of(
        enter(client, cast.editor).post(f"/policy/measures/{version.pk}/rule/", {"text": "用工人敷 ≥ 10人", "cases": ""})
    )
    assert "第 1 字起" in page
    assert "用工人数" in page
    page = text_of(client.post(f"/policy/measures/{version.pk}/rule/", {"text": TEXT, "cases": "只有名称"}))
    assert "第 1 行" in page


def test_the_live_check_marks_the_wrong_word(cast, client):
    enter(client, cast.editor)
    wrong = text_of(client.post("/rules/check/", {"text": "企业规模 属于 {小型} 且 用工人敷 ≥ 10人"}))
    assert '<mark class="doubt">用工人敷' in wrong
    assert "<b>用工人数</b>" in wrong
    right = text_of(client.post("/rules/check/", {"text": TEXT, "amount_text": AMOUNT}))
    assert "企业规模 属于 {小型；微型}" in right


def test_the_rule_page_tells_versions_apart(cast, client, document):
    version = completed(drafts_of(document)[0], cast.editor)
    completed(version, cast.editor)
    page = text_of(enter(client, cast.editor).get(f"/rules/{version.measure.code}/"))
    assert "条件不变" in page
    assert "v2" in page


@pytest.mark.row("POL-04")
def test_from_the_document_the_upper_clause_is_one_link_away(cast, client, document):
    from songda.deliveries.policy.library.actions import link_articles, set_relation
    from songda.deliveries.policy.library.tests.texts import CITY
    from songda.registry.actors import system

    city = received(system(), cast.city.area_path, CITY, "city")
    set_relation(document.pk, city.pk, kind="implements", by=cast.editor, now=NOW)
    upper = city.articles.first()
    link_articles(document.articles.first().pk, upper.pk, kind="implements", by=cast.editor, now=NOW)
    page = text_of(enter(client, cast.editor).get(f"/policy/documents/{document.pk}/"))
    assert f'href="/policy/documents/{city.pk}/#a{upper.pk}"' in page
    assert f'<a id="a{upper.pk}"></a>' in text_of(client.get(f"/policy/documents/{city.pk}/"))


@pytest.mark.row("POL-19")
def test_the_list_counts_the_two_kinds_apart(cast, client, document):
    page = text_of(enter(client, cast.editor).get("/policy/measures/?kind=fund"))
    assert "资金奖补类 2 项 · 优化服务类 0 项" in page


@pytest.mark.parametrize("part", ["clerk", "stranger", "desk"])
def test_a_draft_does_not_leak(cast, client, document, part):
    version = drafts_of(document)[0]
    response = enter(client, getattr(cast, part)).get(f"/policy/measures/{version.pk}/")
    assert response.status_code in (403, 404)
    assert version.title not in text_of(response)


def test_published_is_shown_without_the_drafters_history(cast, client, document):
    version = publish_measure(confirmed(drafts_of(document)[0], cast.editor).pk, by=cast.publisher, now=NOW)
    page = text_of(enter(client, cast.desk).get(f"/policy/measures/{version.pk}/"))
    assert "审核确认" not in page
    assert queries.lacks(version) == {}
    assert MeasureVersion.objects.count() == 4


def test_an_article_without_a_measure_is_said_on_the_desk(cast, client, document):
    first = document.articles.first()
    enter(client, cast.editor)
    assert "撤回 2 项草稿并标明" in text_of(client.get(f"/policy/review/{document.pk}/"))
    response = client.post(f"/policy/articles/{first.pk}/no-measure/", {"reason": "由市级文件兑现"})
    assert response["Location"] == f"/policy/review/{document.pk}/#r{first.pk}"
    assert "无可兑现措施：由市级文件兑现" in text_of(client.get(f"/policy/review/{document.pk}/"))


def test_a_step_leads_back_to_the_page_it_was_taken_on_and_nowhere_else(cast, client, document):
    version = drafts_of(document)[0]
    condition = version.open_conditions.first()
    enter(client, cast.editor)
    settle = f"/policy/conditions/{condition.pk}/settle/"
    desk = f"/policy/review/{document.pk}/#v{version.pk}"
    assert client.post(settle, {"reason": "示例", "back": desk})["Location"] == desk
    away = client.post(settle, {"reason": "示例", "back": "https://elsewhere.example/"})
    assert away["Location"] == f"/policy/measures/{version.pk}/"


def test_a_refused_draft_keeps_what_was_typed(cast, client, document):
    version = drafts_of(document)[0]
    given = {"title": "租金减免", "kind": "fund", "benefit": "免租", "opens_on": "2020-03-01", "closes_on": "2020-02-01"}
    page = text_of(enter(client, cast.editor).post(f"/policy/measures/{version.pk}/draft/", given))
    assert "请核对受理日期" in page
    assert 'value="2020-02-01"' in page


def test_four_cases_are_suggested_under_those_typed(cast, client):
    enter(client, cast.editor)
    field = text_of(client.post("/rules/suggest/", {"text": TEXT, "amount_text": AMOUNT, "cases": "已写一行"}))
    assert field.index("已写一行") < field.index("符合条件 | 2020年3月10日 | 月租金=10万元；企业规模=小型；用工人数=20人 | 是")
    assert field.count("\n") == 6


def test_the_review_desk_stands_under_documents_in_the_menu(cast, client, document):
    page = text_of(enter(client, cast.editor).get(f"/policy/review/{document.pk}/"))
    assert re.search(r'href="/policy/documents/" aria-current="page"', page)


def test_words_the_reader_passed_over_become_a_draft(cast, client, document):
    last = document.articles.last()
    enter(client, cast.editor)
    wrong = client.post(f"/policy/articles/{last.pk}/draft/", {"quote": "推动工作落空", "title": "示例"}, follow=True)
    assert "本条原文中没有这段文字" in text_of(wrong)
    response = client.post(f"/policy/articles/{last.pk}/draft/", {"quote": " 推动工作落实 ", "title": "推动落实"})
    version = MeasureVersion.objects.get(title="推动落实")
    assert response["Location"] == f"/policy/measures/{version.pk}/draft/"
    assert version.sources.get().quote == "推动工作落实"


def test_the_word_that_an_article_has_nothing_can_be_taken_back(cast, client, document):
    last = document.articles.last()
    enter(client, cast.editor)
    client.post(f"/policy/articles/{last.pk}/no-measure/", {"reason": "工作要求"})
    client.post(f"/policy/articles/{last.pk}/no-measure/", {"undo": "1"})
    last.refresh_from_db()
    assert last.no_measure == ""


def test_a_namesake_is_offered_before_another_is_received(cast, client, document):
    enter(client, cast.editor)
    told = {"text": PACKAGE.replace("免收2个月", "免收6个月"), "level": "park", "area_path": cast.zone.area_path}
    page = text_of(client.post("/policy/documents/upload/", told))
    assert "可能是同一份文件" in page
    assert f"/policy/documents/{document.pk}/" in page
    assert Document.objects.count() == 1
    client.post("/policy/documents/upload/", told | {"another": "on"})
    assert Document.objects.count() == 2
