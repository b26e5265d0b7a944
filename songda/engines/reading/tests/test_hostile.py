"""Hostile files and texts: each ends as a Source or a Document, or in a ReadingError; cost grows with length and is bounded."""

from __future__ import annotations

import random
import time

import pytest
from docx import Document as Word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songda.engines.reading import limits, source
from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.files.confined import read_confined
from songda.engines.reading.limits import MOST_CHARACTERS
from songda.engines.reading.source import read_bytes
from songda.engines.reading.tests.files import PARAGRAPHS, ofd, package, policy_pdf, word_bytes

NOISE = random.Random(5).randbytes(100_000)  # keeps the ratio of a package ordinary
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITIES = "".join(
    ('<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">', *(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10)), "]>")
)


def _code(data: bytes) -> str:
    """The code of the refusal, empty where the file was read."""
    try:
        assert read_bytes(data).text.strip()
    except ReadingError as refusal:
        assert refusal.message
        assert refusal.advice
        return refusal.code
    return ""


def _word() -> bytes:
    word = Word()
    for text in PARAGRAPHS:
        word.add_paragraph(text, style="List Number")
    return word_bytes(word)


def _page() -> bytes:
    return ("<html><body><table>" + "".join(f"<tr><td>{text}<td><ol><li>甲" for text in PARAGRAPHS)).encode()


def _mutations(data: bytes, count: int) -> list[bytes]:
    """Cut, with flipped bits, with a hole, with a piece twice; the same ones each time."""
    chance = random.Random(len(data))
    found = []
    for at in range(count):
        changed, place = bytearray(data), chance.randrange(len(data))
        if at % 4 == 0:
            del changed[place:]
        elif at % 4 == 1:
            for _ in range(20):
                changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        elif at % 4 == 2:
            changed[place : place + 200] = chance.randbytes(150)
        else:
            changed[place:place] = data[place // 2 : place // 2 + 500]
        found.append(bytes(changed))
    return found


@pytest.mark.parametrize("whole", [_word(), ofd(((20, 20, "第一条 支持企业"),) * 9), _page()], ids=["docx", "ofd", "html"])
def test_damaged_files(whole: bytes) -> None:
    """Whatever is broken in a file, it is read or refused."""
    for data in _mutations(whole, 120):
        _code(data)


def test_damaged_pdf() -> None:
    """The same for PDF, in its own process."""
    for data in _mutations(policy_pdf(), 8):
        _code(data)


@pytest.mark.parametrize("signature", [b"", b"PK\x03\x04", b"PK\x05\x06", b"<html>", b"<?xml ", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"BM", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b"])  # fmt: skip
@given(data=st.binary(max_size=400))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_bytes(signature: bytes, data: bytes) -> None:
    """Random bytes behind each signature."""
    _code(signature + data)


@given(data=st.binary(max_size=400))
@settings(max_examples=5, deadline=None)
def test_random_pdf(data: bytes) -> None:
    """Random bytes behind the signature of a PDF."""
    assert _code(b"%PDF-1.7\n" + data) in ("damaged", "stopped")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package({"word/document.xml": f"{ENTITIES}<w:document {SPACE}><w:body><w:p>&a9;</w:p></w:body></w:document>"}), "bomb"),
        (package({"word/document.xml": f"{ENTITIES}<a/>".encode("utf-16")}), "bomb"),
        (package({"OFD.xml": f"{ENTITIES}<OFD>&a9;</OFD>"}), "bomb"),
        (package({"word/document.xml": b" " * 30_000_000}), "bomb"),
        (package({f"{at}.xml": b"" for at in range(5001)} | {"word/document.xml": b""}), "bomb"),
        (b"<html><body>" + b"<div>" * 100_000 + "支持企业".encode(), "bomb"),
        (f"<!DOCTYPE html {ENTITIES[12:]}<html><body>&a9;".encode() + b" " * 100, ""),
        (("字" * (MOST_CHARACTERS + 1)).encode(), "too_long"),
        (b"\x00" * 1_000_000, "binary"),
        (b"\xff" * 1_000_000, "undecodable"),
    ],
    ids=["entities", "entities in utf-16", "entities in ofd", "zip bomb", "many parts", "deep page", "entities in a page", "long", "zeros", "ff"],
)  # fmt: skip
def test_bombs(data: bytes, code: str) -> None:
    """What would grow is refused, or does not grow."""
    assert _code(data) == code


def test_sizes_that_lie() -> None:
    """A package that declares smaller parts than it holds is damaged; no more comes out than it declared."""
    data = bytearray(package({"word/document.xml": b"<a>" + b"x" * 500_000 + b"</a>", "noise": NOISE}))
    declared = (500_007).to_bytes(4, "little")
    assert data.count(declared) == 2
    assert _code(bytes(data).replace(declared, (1_000).to_bytes(4, "little"))) == "damaged"


def test_bytes_are_counted_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit of one part, reading stops."""
    monkeypatch.setattr("songda.engines.reading.files.package.MOST_PART", 200_000)
    assert _code(package({"word/document.xml": b"<a>" + b"x" * 300_000 + b"</a>", "noise": NOISE})) == "bomb"


def _pdf_of(stream: bytes) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length " + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent waits no longer than it said; a child over its limits answers nothing."""
    monkeypatch.setattr("songda.engines.reading.files.confined.CHILD_WAIT", 0.01)
    with pytest.raises(ReadingError) as refusal:
        read_confined("pdf", _pdf_of(b" "))
    assert refusal.value.code == "stopped"


def test_large_files_are_read_in_a_process_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer, or the same refusal, through the child."""
    small = (_page(), _word())
    here = [read_bytes(data) for data in small]
    monkeypatch.setattr(source, "SAFE_BYTES", 10)
    monkeypatch.setattr(source, "SAFE_UNPACKED", 10)
    assert [read_bytes(data) for data in small] == here
    assert _code(package({"word/document.xml": f"{ENTITIES}<a/>", "noise": NOISE})) == "bomb"


def test_limits_are_told() -> None:
    """The child is limited below what would trouble a small machine."""
    assert limits.CHILD_SECONDS < limits.CHILD_WAIT <= 60
    assert limits.CHILD_MEMORY <= 1024**3


PIECES = (
    "）", "、", "1.", "第一条", "第一条\n", "字", "a\n", "企业\n", "一是二是三是", "（一）", "“", "〔2020〕", "给予企业20万元奖励", "万元", "%", "5%—20%",
    "提高至", "2021年3月8日至", "起施行", "（责任单位：", "牵头", "不超过", "以上", "；", "：", "\n", " ", "\u3000", "附件1\n", "附则\n", "总则\n", "有效期至",
    "其中", "是指", "（1）", "①", "服务对象：\n企业\n", "提供材料、", "就高不重复", "按照《", "按照", "和", "百分之五", "分别给予", "1:", "5,", "月",
    "问：企业\n答：给予\n", "一、\n（一）\n1.\n", "一、对企业给予补贴。\n", "对符合条件的中小企业，", "同时废止",
)  # fmt: skip


@pytest.mark.parametrize("before", ["", "一、支持企业\n1.给予奖励。\n二、其他\n2."], ids=["alone", "in an article"])
@pytest.mark.parametrize("piece", PIECES)
def test_work_grows_with_length(piece: str, before: str) -> None:
    """Four times the text takes nothing like sixteen times the work (processor time, the least of a few tries)."""

    def work(characters: int) -> float:
        text, begun = before + piece * (characters // len(piece)), time.process_time()
        try:
            read(text)
        except ReadingError:
            assert not text.strip()
        return time.process_time() - begun

    ratios = (work(12_000) / max(work(3_000), 0.01) for _ in range(4))
    assert any(ratio < 9 for ratio in ratios)
