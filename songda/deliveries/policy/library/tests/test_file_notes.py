"""What opening a file told: pages without text, objects left out. It reaches the desk, first of all, and stays until settled."""

from __future__ import annotations

import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import parse_xml

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import receive_version, reread_document, settle_doubt
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, received
from songda.engines.reading.tests.files import PARAGRAPHS, set_pdf, typst_of, word_bytes
from songda.engines.reading.tests.test_read_pdf import SCAN
from songda.kernel import clock
from songda.registry.people.tests.cast import enter

pytestmark = pytest.mark.usefixtures("catalogue")
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LOST = "第 2 页只有图片，没有文字，未读出，请核对原文件。"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def with_an_object() -> bytes:
    """The package as a Word file with an object in it."""
    made = docx.Document()
    for line in PACKAGE.strip().split("\n"):
        made.add_paragraph(line)
    made.paragraphs[3]._p.append(parse_xml(f'<w:r xmlns:w="{WORDS}"><w:object/></w:r>'))
    return word_bytes(made)


def with_an_empty_page() -> bytes:
    """A PDF with a page that is a picture."""
    return set_pdf(f"#set page(footer: none)\n{typst_of(PARAGRAPHS)}\n#pagebreak()\n{SCAN}\n#pagebreak()\n附件")


@pytest.mark.parametrize(
    ("name", "made", "said"), [("示例.docx", with_an_object, "嵌入的对象"), ("示例.pdf", with_an_empty_page, "页只有图片")]
)
def test_what_an_upload_lost_stands_first_on_the_desk(cast, client, name, made, said):
    enter(client, cast.editor)
    given = {"file": SimpleUploadedFile(name, made()), "level": "park", "area_path": cast.zone.area_path}
    page = client.get(client.post("/policy/documents/upload/", given)["Location"]).content.decode()
    document = Document.objects.get()
    doubt = document.doubts.get(kind="layout", end=0)
    assert said in doubt.message and "请核对原文件" in doubt.message
    first = queries.doubts_of(queries.desk_of(document, cast.editor), document)[0]
    assert (first.anchor, first.sentence) == (f"d{doubt.pk}", doubt.message)
    waiting = re.findall(r'<li data-to="(\w+)"', page)
    assert waiting[0] == f"d{doubt.pk}" and f'id="row-d{doubt.pk}"' in page


def test_reading_again_leaves_the_notes_and_each_text_has_its_own(cast):
    document = received(cast.editor, cast.zone.area_path, notes=(LOST, LOST, "脚注 1 处，列在正文之后。"))
    assert [one.weight for one in document.doubts.filter(end=0)] == [9, 4]
    settle_doubt(document.doubts.get(message=LOST).pk, reason="已对照原文件", by=cast.editor, now=NOW)
    reread_document(document.pk, by=cast.editor, now=NOW)
    assert document.doubts.get(message=LOST).settled == "已对照原文件"
    assert document.doubts.filter(end=0).count() == 2
    later = receive_version(document.pk, text=PACKAGE.replace("3万元", "5万元"), notes=(LOST,), by=cast.editor, now=NOW)
    assert later.doubts.get(message=LOST).settled == ""
