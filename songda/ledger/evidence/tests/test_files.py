"""What is taken in, and what is refused."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from songda.ledger.evidence.rules import files
from songda.ledger.evidence.rules.unfit import Unfit
from songda.ledger.evidence.tests import samples

TAKEN = [
    ("现场.jpg", samples.photo(), files.JPEG),
    ("现场.JPEG", samples.photo(), files.JPEG),
    ("现场", samples.photo("PNG"), files.PNG),
    ("现场.webp", samples.photo("WEBP"), files.WEBP),
    ("回执.pdf", samples.pdf(), files.PDF),
    ("感谢信.docx", samples.docx(), files.DOCX),
    ("清单.xlsx", samples.xlsx(), files.XLSX),
    ("记录.txt", "与企业通话，问题已说明。".encode("gb18030"), files.TEXT),
]


@pytest.mark.parametrize(("name", "data", "kind"), TAKEN, ids=[name for name, _, _ in TAKEN])
def test_files_of_the_desk_are_taken(name, data, kind):
    assert files.judged(name, data) is kind


REFUSED = [
    ("照片.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
    ("照片.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
    ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "网页或脚本"),
    ("页.html", b"<html></html>", "网页或脚本"),
    ("页.txt", b"<html><script>1</script>", "网页代码"),
    ("页.jpg", b"<html></html>", "不能识别"),
    ("程序.exe", b"MZ" + b"\0" * 99, "程序"),
    ("程序.txt", b"MZ" + b"\0" * 99, "程序"),
    ("脚本.txt", b"#!/bin/sh\nrm -rf /", "程序"),
    ("回执.pdf.exe", samples.pdf(), "程序"),
    ("包.zip", samples.archive(), "压缩包"),
    ("包.docx", samples.archive(), "压缩包"),
    ("表.xlsm", samples.xlsx(macro=True), "带宏"),
    ("表.xlsx", samples.xlsx(macro=True), "宏或控件"),
    ("表.xlsx", samples.with_part(samples.xlsx(), "xl/embeddings/oleObject1.bin", b"MZ"), "嵌着"),
    ("表.xlsx", samples.with_part(samples.xlsx(), "../../etc/passwd", b"x"), "结构异常"),
    ("旧表.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "旧格式"),
    ("录音.mp3", b"ID3" + b"\0" * 99, "录音"),
    ("回执.pdf", samples.active_pdf(), "脚本"),
    ("回执.pdf", samples.pdf()[:-400], "不完整"),
    ("回执.pdf", samples.pdf() + samples.archive() + b"%%EOF", "压缩包"),
    ("照片.jpg", samples.photo() + samples.archive(), "压缩包"),
    ("照片.png", samples.photo(), "不符"),
    ("照片.jpg", samples.photo()[:2000], "损坏"),
    ("空.jpg", b"", "不能识别"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "why"), REFUSED, ids=[f"{name}-{why}" for name, _, why in REFUSED])
def test_what_could_harm_or_mislead_is_refused_with_advice(name, data, why):
    found = files.judged(name, data)
    assert isinstance(found, Unfit)
    assert why in found.message
    assert found.advice


def test_a_script_hidden_in_an_object_stream_is_found():
    hidden = b"1 0 <</S/JavaScript/JS(app.alert(1))>>"
    packed = __import__("zlib").compress(hidden)
    stream = b"9 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n" % (
        len(packed),
        packed,
    )
    found = files.judged("回执.pdf", samples.pdf().replace(b"%%EOF", stream + b"%%EOF"))
    assert isinstance(found, Unfit)
    assert "脚本" in found.message


def test_a_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO(samples.xlsx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/big.bin", b"\0" * (301 << 20))
    assert "过大" in files.judged("表.xlsx", out.getvalue()).message


def test_a_picture_of_too_many_pixels_is_refused_by_its_head_alone():
    png = bytearray(samples.photo("PNG"))
    struct.pack_into(">II", png, 16, 40_000, 40_000)
    assert isinstance(files.judged("大.png", bytes(png)), Unfit)


def test_a_file_of_many_dictionaries_is_judged_in_time():
    assert isinstance(files.judged("回执.pdf", b"%PDF-1.7\n" + b"<<" * 4_000_000 + b"%%EOF"), files.FileKind)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\照片\\现场 1.JPG", "现场 1.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("现\u202egpj.exe\u0000场.jpg", "现gpj.exe场.jpg"),
        ("....", "未命名.jpg"),
        ("长" * 300 + ".jpeg", "长" * 120 + ".jpeg"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert files.safe_name(given, files.JPEG) == kept
