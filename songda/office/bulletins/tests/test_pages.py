"""The pages, walked once: drafted, previewed, written, explained, published, restated, looked up; in as many queries as said."""

from __future__ import annotations

import pytest
from django.urls import reverse

from songda.kernel import clock
from songda.office.bulletins.models import Piece, Submission
from songda.office.bulletins.tests.ground import NOW, lay
from songda.registry.people.tests.cast import enter


def at(name: str, **given: int) -> str:
    return reverse(f"bulletins:{name}", kwargs=given)


def test_a_bulletin_is_drafted_previewed_written_and_published(client, ground, settings, django_assert_max_num_queries):
    settings.CLOCK_SHIFT = NOW - clock.now()
    enter(client, ground.writer)
    assert "还没有单位报送" in client.get(at("submissions")).content.decode()
    client.post(at("new"), {"template": "hj-projects", "day": "2020-03-16", "hour": ""})
    piece = Piece.objects.get()
    with django_assert_max_num_queries(20):
        page = client.get(at("piece", piece_id=piece.pk)).content.decode()
    assert "/figures/values/" in page
    assert "申报" in page
    with django_assert_max_num_queries(18):
        page = client.get(at("edit", piece_id=piece.pk)).content.decode()
    assert "{建设工程复工比例：211.22%}" in page
    told = {
        "headline": "标题",
        "heading": ["进度"],
        "unit": ["hj-construction"],
        "text": ["复工{建设工程复工比例：错的}，另有99家."],
    }
    page = client.post(at("preview", piece_id=piece.pk), told).content.decode()
    assert "211.22%" in page
    assert "99家" in page
    assert "未绑定" in page
    assert "花括号不成对" in client.post(at("preview", piece_id=piece.pk), {**told, "text": ["{坏"]}).content.decode()
    assert "没有指标" in client.post(at("edit", piece_id=piece.pk), {**told, "text": ["{不存在的}"]}).content.decode()
    client.post(at("edit", piece_id=piece.pk), {**told, "text": ["复工比例{建设工程复工比例：错的},近况良好."]})
    piece.refresh_from_db()
    assert piece.sections == [
        {"heading": "进度", "text": "复工比例{worker-resumption-ratio}，近况良好。", "unit": "hj-construction"}
    ]
    assert client.post(at("refresh", piece_id=piece.pk)).status_code == 302
    enter(client, ground.leader)
    client.post(at("publish", piece_id=piece.pk))
    piece.refresh_from_db()
    assert piece.state == "published"
    for form in ("pdf", "docx"):
        assert client.get(at(form, piece_id=piece.pk)).content[:2] in (b"%P", b"PK")
    with django_assert_max_num_queries(20):
        assert "数可复现" in client.get(at("piece", piece_id=piece.pk)).content.decode()
    with django_assert_max_num_queries(14):
        assert "标题" in client.get(at("bulletins")).content.decode()
    enter(client, ground.writer)
    client.post(at("restate", piece_id=piece.pk), {"reason": "更正一处"})
    edition = Piece.objects.get(restates=piece)
    assert "没有一个数不同" in client.get(at("differences", piece_id=edition.pk)).content.decode()
    client.post(at("void", piece_id=edition.pk), {"reason": "不必更正"})
    edition.refresh_from_db()
    assert edition.state == "void"


def test_a_unit_sends_a_section_with_numbers_and_the_editor_takes_it(client, ground, settings):
    settings.CLOCK_SHIFT = NOW - clock.now()
    enter(client, ground.correspondent)
    told = {
        "template": "hj-projects", "day": "2020-03-16", "hour": "", "text": "一是送服务。累计帮扶企业{累计帮扶企业}.",
        "numbers": "累计帮扶企业 31", "cases": "A1",
    }  # fmt: skip
    assert "没有指标" in client.post(at("new_submission"), {**told, "numbers": "没有的 3"}).content.decode()
    client.post(at("new_submission"), told)
    sent = Submission.objects.get()
    assert sent.numbers == [{"code": "firms-helped-cumulative", "number": "31", "precision": "exact", "since": ""}]
    piece = ground.draft()
    enter(client, ground.writer)
    assert "累计帮扶企业" in client.get(at("submission", submission_id=sent.pk)).content.decode()
    client.post(at("take", submission_id=sent.pk), {"piece": str(piece.pk)})
    sent.refresh_from_db()
    assert (sent.state, sent.piece_id) == ("taken", piece.pk)
    assert "31家" in client.get(at("piece", piece_id=piece.pk)).content.decode()


@pytest.mark.row("CNF-07")
def test_a_news_item_is_framed_and_released_to_the_press(client, ground, settings):
    settings.CLOCK_SHIFT = NOW - clock.now()
    enter(client, ground.writer)
    client.post(f"{at('new')}?sort=news", {"template": "news-projects", "unit": ground.area.pk, "day": "2020-03-16", "hour": ""})
    piece = Piece.objects.get()
    assert "还没有署名" in client.get(at("piece", piece_id=piece.pk)).content.decode()
    client.post(at("frame", piece_id=piece.pk), {"correspondents": "演示通讯员", "kicker": "三送一强", "place": "惠济"})
    client.post(
        at("quotation", piece_id=piece.pk),
        {"words": "问题当天就解决了", "speaker": "某项目负责人", "evidence_key": "k1", "evidence_kind": "letter"},
    )
    quotation = piece.quotations.get()
    assert "没有本人同意刊发" in client.get(at("piece", piece_id=piece.pk)).content.decode()
    client.post(at("remove_quotation", piece_id=piece.pk, number=quotation.pk))
    enter(client, ground.journalist)
    assert client.get(at("piece", piece_id=piece.pk)).status_code == 404
    enter(client, ground.leader)
    page = client.post(at("publish", piece_id=piece.pk), follow=True).content.decode()
    assert "已编号印发" in page, page[page.find("<main") : page.find("</main")]
    enter(client, ground.journalist)
    page = client.get(at("piece", piece_id=piece.pk)).content.decode()
    assert "通讯员 演示通讯员" in page
    assert "/figures/values/" not in page
    assert 'href="#note-1"' in page
    assert client.get(at("new")).status_code == 403
    assert "建设工程加快复工" in client.get(at("news")).content.decode()


def test_a_value_above_its_base_is_explained_from_the_bulletin(client, db, settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLOCK_SHIFT = tmp_path, NOW - clock.now()
    ground = lay(explained=False)
    piece = ground.draft()
    enter(client, ground.writer)
    page = client.get(at("piece", piece_id=piece.pk)).content.decode()
    assert "超过100%" in page
    number = piece.bound.get(code="worker-resumption-ratio").seq
    client.post(at("explain", piece_id=piece.pk, number=number), {"text": "节后新开工"})
    assert "超过100%：" not in client.get(at("piece", piece_id=piece.pk)).content.decode()
    assert client.get(f"{at('confirm', piece_id=piece.pk)}?sort=number&key=x").status_code == 200
