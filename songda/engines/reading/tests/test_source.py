"""Opening files: what is read, and what is refused with which code."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as Word

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import MOST_BYTES, read_bytes, read_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text(encoding: str) -> None:
    """Each encoding that can be told for certain; line ends are made one."""
    assert read_bytes("第一行\r\n第二行".encode(encoding)).text == "第一行\n第二行"


def test_word_paragraphs_and_tables() -> None:
    """Paragraphs and table rows in order."""
    word = Word()
    word.add_paragraph("一、减租")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "责任单位"
    table.cell(0, 1).text = "市财政局"
    word.add_paragraph("二、补贴")
    held = io.BytesIO()
    word.save(held)
    source = read_bytes(held.getvalue())
    assert (source.kind, source.text) == ("docx", "一、减租\n责任单位 市财政局\n二、补贴")


def _zip(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "legacy"),
        (b"\x89PNG\r\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\xff\xff\xff\xff\x81", "undecodable"),
        (b"abc\x00def", "binary"),
        (b"  \n ", "empty"),
        (b"PK\x03\x04 broken", "damaged"),
        (_zip({"a.txt": b"x"}), "archive"),
        (_zip({"word/document.xml": b"<broken"}), "damaged"),
        (_zip({"word/document.xml": b"0" * 30_000_000}), "bomb"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    """Each refusal has a stable code, a message and advice in Chinese."""
    with pytest.raises(ReadingError) as refusal:
        read_bytes(data)
    assert refusal.value.code == code
    assert refusal.value.message
    assert refusal.value.advice


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    """Missing, a folder, or too large (checked before the file is read)."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    codes = []
    for place in (tmp_path / "none.txt", tmp_path, large):
        with pytest.raises(ReadingError) as refusal:
            read_file(place)
        codes.append(refusal.value.code)
    assert codes == ["unreadable", "not_a_file", "too_large"]
