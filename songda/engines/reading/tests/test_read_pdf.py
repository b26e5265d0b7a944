"""PDF: the same articles and values as from the text; tables; what is refused."""

from __future__ import annotations

import base64
from decimal import Decimal

import pytest

from songda.engines.reading.document import Document
from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import read_bytes
from songda.engines.reading.tests.files import PARAGRAPHS, RUNNING, TITLE, policy_pdf, set_pdf, typst_of

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SCAN = f"#image(bytes(({', '.join(str(byte) for byte in PICTURE)})), width: 10cm, height: 10cm)"


def _values(document: Document) -> list[tuple[str, Decimal, Decimal | None, str, str]]:
    return [
        (article.number, figure.low, figure.high, figure.unit, figure.role)
        for article in document.articles
        for measure in article.measures
        for figure in (*measure.amounts, *measure.rates, *measure.durations, *measure.counts)
    ]


@pytest.mark.parametrize("size", [10.5, 16])
@pytest.mark.parametrize("indent", [True, False])
def test_a_pdf_reads_as_its_text(size: float, indent: bool) -> None:
    """Wrapped lines are joined, running heads and page numbers dropped, whatever the size and whether paragraphs are indented."""
    source = read_bytes(policy_pdf(size=size, indent=indent))
    assert source.text.split("\n") == [TITLE, *PARAGRAPHS]
    assert (source.kind, source.notes) == ("pdf", ())
    from_text, from_pdf = read("\n".join((TITLE, *PARAGRAPHS))), read(source.text)
    assert [article.number for article in from_pdf.articles] == [article.number for article in from_text.articles]
    assert _values(from_pdf) == _values(from_text) != []
    assert from_pdf.title is not None
    assert from_pdf.title.value == TITLE


def test_running_heads_of_one_page() -> None:
    """A small line far above the text of a single page is no text either."""
    assert RUNNING not in read_bytes(set_pdf(typst_of(PARAGRAPHS[:3]), running=RUNNING)).text


def test_paragraphs_go_on_over_pages() -> None:
    """A paragraph over several pages is one line; the number at the foot of each page does not part it."""
    long = "企业应当如实提供材料，" * 300 + "并对其真实性负责。"
    assert read_bytes(set_pdf(typst_of(("一、申报要求", long, "二、其他")))).text.split("\n") == [
        "一、申报要求",
        long,
        "二、其他",
    ]


def test_a_wrapped_line_that_begins_like_a_label() -> None:
    """Where paragraphs are indented, a line at the edge goes on, even if it begins with 二、."""
    for ahead in range(24):
        text = "按" + "实" * ahead + "际情况减免第一、二、三、四、五、六、七、八、九、十、十一、十二季度的房租。"
        assert read_bytes(set_pdf(typst_of(("一、减租", text, text, "二、其他")))).text.split("\n") == [
            "一、减租",
            text,
            text,
            "二、其他",
        ]


def test_rows_of_a_table() -> None:
    """A row is a line of cells parted by blanks; a cell over several lines is one cell."""
    long = "一次性给予二十万元奖励，已享受同类奖励的按差额补足，分两年兑现到位"
    table = f"#table(columns: (3cm, 5cm, 3cm), align: horizon, [类别], [标准], [单位], [高新技术企业和科技型企业], [{long}], [市科技局], [其他], [五万元], [市财政局])"
    lines = read_bytes(policy_pdf(table=table)).text.split("\n")
    assert lines[-3:] == ["类别 标准 单位", f"高新技术企业和科技型企业 {long} 市科技局", "其他 五万元 市财政局"]


def test_two_columns() -> None:
    """The right column follows the left one."""
    body = f"#columns(2)[{typst_of(PARAGRAPHS)}]"
    assert read_bytes(set_pdf(body, size=9)).text.split("\n") == list(PARAGRAPHS)


def test_tilted_marks_are_no_text() -> None:
    """A watermark across the page is left out."""
    assert "样张" not in read_bytes(set_pdf(f"#place(rotate(-40deg)[样张样张样张])\n\n{typst_of(PARAGRAPHS[:3])}")).text


def test_a_scan_is_refused_and_a_scanned_page_told() -> None:
    """Only pictures: refused with advice. One page of pictures among text: read, and said."""
    with pytest.raises(ReadingError) as refusal:
        read_bytes(set_pdf(f"#set page(footer: none)\n{SCAN}"))
    assert refusal.value.code == "scan"
    assert "OCR" in refusal.value.advice
    source = read_bytes(set_pdf(f"{typst_of(PARAGRAPHS)}\n#pagebreak()\n{SCAN}\n#pagebreak()\n附件"))
    assert any("页只有图片" in note for note in source.notes)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 nothing", "damaged"),
        (policy_pdf()[:-2000], "damaged"),
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>",
            "damaged",
        ),
    ],
)
def test_broken_files(data: bytes, code: str) -> None:
    """What PDFium cannot open is refused. (A cut file may be repaired: then it must give text.)"""
    try:
        assert read_bytes(data).text
    except ReadingError as refusal:
        assert refusal.code == code
