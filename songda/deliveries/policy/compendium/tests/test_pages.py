"""Pages of the compendium, as editor, publisher, officer, firm and stranger."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from docx import Document as Word

from songda.deliveries.policy.compendium import actions
from songda.deliveries.policy.compendium.models import Edition
from songda.deliveries.policy.library.tests.texts import NOW
from songda.kernel import clock
from songda.registry.people.tests.cast import enter


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def text_of(response) -> str:
    return response.content.decode()


def test_an_editor_drafts_and_a_publisher_publishes(cast, documents, client):
    enter(client, cast.editor)
    told = {
        "number": "第1期",
        "title": "示例汇编",
        "issuer": "示例管委会",
        "as_of": "2020-03-31",
        "area_path": cast.zone.area_path,
    }
    page = client.post("/policy/compendium/new/", told, follow=True)
    assert "收录政策 2 份；一份可归入几类，各类合计 3 份次" in text_of(page)
    assert "已经用过" in text_of(client.post("/policy/compendium/new/", told))
    edition = Edition.objects.get()
    enter(client, cast.publisher)
    page = client.post(f"/policy/compendium/{edition.pk}/publish/", follow=True)
    assert "正在排印" in text_of(page)


@pytest.mark.row("POL-01")
def test_the_book_as_pdf_word_and_page(cast, edition, client):
    assert actions.print_waiting(now=NOW) == 3
    assert actions.print_waiting(now=NOW) == actions.print_edition(edition.pk, now=NOW) == 0
    enter(client, cast.officer)
    pdf = pypdfium2.PdfDocument(client.get(f"/policy/compendium/{edition.pk}/book.pdf").content)
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    word = Word(io.BytesIO(client.get(f"/policy/compendium/{edition.pk}/book.docx").content))
    page = text_of(client.get(f"/policy/compendium/{edition.pk}/book.html"))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 2"]
    for entry in edition.entries.all():
        assert f"{entry.ordinal}.{entry.title}" in said
        assert f"{entry.ordinal}. {entry.title}" in headings
        assert entry.title in page
    assert "本期收录政策2份" in said
    assert "演示数据" in said


def test_readers_see_published_editions_only(cast, draft, client):
    for actor in (cast.officer, cast.clerk, cast.stranger):
        enter(client, actor)
        assert "示例政策汇编" not in text_of(client.get("/policy/compendium/"))
        assert client.get(f"/policy/compendium/{draft.pk}/").status_code == 404
    actions.publish_edition(draft.pk, by=cast.publisher, now=NOW)
    for actor, status in ((cast.officer, 200), (cast.clerk, 200), (cast.stranger, 404)):
        enter(client, actor)
        assert client.get(f"/policy/compendium/{draft.pk}/").status_code == status
        entry = draft.entries.first()
        assert client.get(f"/policy/compendium/{draft.pk}/entries/{entry.pk}/").status_code == status


def test_constant_queries(cast, edition, client, django_assert_max_num_queries):
    enter(client, cast.officer)
    with django_assert_max_num_queries(14):
        client.get(f"/policy/compendium/{edition.pk}/")
    with django_assert_max_num_queries(12):
        client.get("/policy/compendium/")
