"""Opening files: what is read, and what is refused with which code."""

from __future__ import annotations

from pathlib import Path

import pytest

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.limits import MOST_BYTES
from songda.engines.reading.source import read_bytes, read_file
from songda.engines.reading.tests.files import package


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text(encoding: str) -> None:
    """Each encoding that can be told for certain; line ends are made one."""
    assert read_bytes("第一行\r\n第二行".encode(encoding)).text == "第一行\n第二行"


def test_utf16_without_mark() -> None:
    """Read where it is certain; other bytes with zeros are no text."""
    text = "一、减租\n对小微企业减免3个月租金。"
    assert [read_bytes(text.encode(order)).text for order in ("utf-16-le", "utf-16-be")] == [text, text]


def test_characters_that_nobody_sees() -> None:
    """Control, direction and zero-width characters are dropped; every kind of line end is one."""
    assert read_bytes("\ufeff一\u200b、减\x07租\u202e\x0b二\u2028三\u00ad\x0c四\r五".encode()).text == "一、减租\n二\n三\n四\n五"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "legacy"),
        (b"\x89PNG\r\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"{\\rtf1", "rtf"),
        (b"Rar!\x1a\x07", "archive"),
        (b"MIME-Version: 1.0", "mhtml"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (b"\xff\xff\xff\xff\x81", "undecodable"),
        (b"abc\x00def", "binary"),
        (b"  \n ", "empty"),
        (b"PK\x03\x04 broken", "damaged"),
        (package({"a.txt": b"x"}), "archive"),
        (package({"word/document.xml": b"<broken"}), "damaged"),
        (package({"word/document.xml": b"0" * 30_000_000}), "bomb"),
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
