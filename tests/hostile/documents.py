"""Hostile documents, pictures and packages. Every function takes its chance and returns the bytes of a file."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image

from tests.hostile.workbooks import BOMB, OUTSIDE, Make, packed, workbook

SAID = "示例市人民政府关于支持企业的若干措施\n一、对符合条件的企业给予10万元补助。\n（一）年营业收入不低于2000万元。\n2020年3月10日\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_parts(body: str, doctype: bytes = b"") -> dict[str, bytes]:
    """A Word file's parts."""
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    return {"[Content_Types].xml": kinds.encode(), "_rels/.rels": links.encode(), "word/document.xml": doctype + document}


def paragraphs(text: str = SAID) -> str:
    """Words as Word keeps them."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def word(chance: random.Random) -> bytes:
    """A Word file: nested without end, with entities, loops of links, or parts that are not there."""
    deep = chance.choice((50, 5_000, 200_000))
    parts = chance.choice((
        lambda: word_parts("<w:tbl><w:tr><w:tc>" * deep + paragraphs() + "</w:tc></w:tr></w:tbl>" * deep),
        lambda: word_parts("<w:p>" * deep),
        lambda: word_parts(paragraphs() + "&a9;", BOMB),
        lambda: word_parts(paragraphs() + "&x;", OUTSIDE),
        lambda: word_parts(paragraphs("措" * chance.choice((10_000, 3_000_000)))),
        lambda: word_parts(paragraphs("\u202e\u0085\u2028" + SAID * 20)),
        lambda: {**word_parts(paragraphs()), "_rels/.rels": b"<Relationships/>"},
        lambda: {**word_parts(paragraphs()), "_rels/.rels": word_parts("")["_rels/.rels"].replace(b"word/", b"../../../etc/")},
        lambda: {**word_parts(paragraphs()), "word/vbaProject.bin": chance.randbytes(400)},
        lambda: word_parts('<w:fldSimple w:instr="DDEAUTO c:\\\\cmd"/>' + paragraphs()),
        lambda: word_parts(paragraphs())
    ))()  # fmt: skip
    return packed(parts)


def ofd(chance: random.Random) -> bytes:
    """An OFD whose parts point at themselves, outside, or at nothing."""
    place = chance.choice(("OFD.xml", "../../etc/passwd", "Doc_0/Document.xml", "/Doc_0/Document.xml", "", "x" * 3_000))
    root = f'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>{place}</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    page = chance.choice(("OFD.xml", "Pages/Page_0/Content.xml", "../Document.xml"))
    document = f'<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Pages>{f"<ofd:Page BaseLoc={page!r}/>" * chance.choice((1, 1, 5_000))}</ofd:Pages></ofd:Document>'
    text = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer><ofd:TextObject Boundary="0 0 nan 1e999"><ofd:TextCode X="{chance.choice(("1", "x", "1e999", ""))}">{SAID}</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>'
    return packed(
        {
            "OFD.xml": chance.choice((b"", BOMB, OUTSIDE)) + root.encode(),
            "Doc_0/Document.xml": document.encode(),
            "Doc_0/Pages/Page_0/Content.xml": text.encode(),
        }
    )


def bomb(chance: random.Random) -> bytes:
    """A zip far larger unpacked: truly, by what it says, by overlapping, or zip within zip."""
    name = chance.choice(("word/document.xml", "xl/worksheets/sheet1.xml", "OFD.xml", "a.txt"))
    more = {"xl/workbook.xml": b"<workbook/>"} if name.startswith("xl") else {}
    kind = chance.randrange(4)
    if kind == 0:
        return packed({**more, name: bytes(chance.choice((30, 120)) << 20)})
    data = bytearray(packed({**more, name: b"x" * 1_000}))
    if kind == 1:  # sizes that lie, in both directories
        for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
            at = data.find(mark)
            struct.pack_into("<I", data, at + offset, chance.choice((0, 1, 0xFFFFFFFE, 0xFFFFFFFF, 700 << 20)))
        return bytes(data)
    if kind == 2:
        inner = bytes(data)
        for _ in range(chance.choice((3, 40))):
            inner = packed({name: inner, **more}, zipfile.ZIP_STORED)
        return inner
    entry = bytes(data[data.find(b"PK\x01\x02") : data.rfind(b"PK\x05\x06")])
    count = 2_000
    return (
        bytes(data[: data.find(b"PK\x01\x02")])
        + entry * count
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, data.find(b"PK\x01\x02"), 0)
    )


def pdf(chance: random.Random) -> bytes:
    """A PDF: cut off, looping, encrypted, huge, with a program in it."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>"
        % chance.choice((b"", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", b"/Pages 1 0 R")),
        2: b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (chance.choice((b"3 0 R", b"2 0 R", b"3 0 R " * 3_000, b"9 0 R")), chance.choice((1, -1, 2**31, 999_999))),
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        % chance.choice((b"595 842", b"1e9 1e9", b"-1 nan", b"99999999999 1")),
        4: _stream(chance),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    body, places = b"%PDF-1.7\n", []
    for number, said in objects.items():
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    at = chance.choice((len(body), 0, len(body) + 999, 2**40))
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    extra = chance.choice((b"", b"/Encrypt<</Filter/Standard/V 4/R 4/O(x)/U(y)/P -4>>", b"/Prev %d" % len(body), b"/Prev 0"))
    data = body + table + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (chance.choice((6, 2**31)), extra, at)
    return data[: chance.randrange(10, len(data))] if chance.random() < 0.2 else data


def _stream(chance: random.Random) -> bytes:
    said = chance.choice((b"BT /F 12 Tf 10 10 Td (hello) Tj ET", b"q " * 200_000, bytes(40 << 20), b"BT (" + b"a" * 100_000))
    packed_stream = zlib.compress(said)
    length = chance.choice((len(packed_stream), 0, 2**31, -5))
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (length, packed_stream)


@cache
def _drawn(form: str) -> bytes:
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x0132], exif[0x0112] = "2020:03:10 10:00:00", 6
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(stream, form, exif=exif)
    return stream.getvalue()


def _png(width: int, height: int, data: bytes = b"", depth: int = 8) -> bytes:
    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0))
        + part(b"IDAT", data)
        + part(b"IEND", b"")
    )


def picture(chance: random.Random) -> bytes:
    """A picture: too large by its word, of a lying kind, cut, with a tail, with broken notes."""
    form = chance.choice(("JPEG", "PNG", "WEBP"))
    good = _drawn(form)
    return chance.choice((
        lambda: _png(chance.choice((7_000, 60_000, 2**31 - 1)), chance.choice((7_000, 60_000, 2**31 - 1)), zlib.compress(b"")),
        lambda: _png(3_000, 3_000, zlib.compress(bytes(9_003 * 3_000))),
        lambda: _png(0, 0),
        lambda: _png(10, 10, zlib.compress(bytes(1 << 24))),
        lambda: good + packed({"a.exe": b"MZ"}),
        lambda: good + b"<?php system($_GET['c']); ?>",
        lambda: good[: chance.randrange(12, len(good))],
        lambda: good.replace(b"Exif\x00\x00", b"Exif\x00\xff", 1),
        lambda: _flipped(good, chance, 40),
        lambda: _flipped(good[:200], chance, 5) + good[200:],
        lambda: good[:20] + chance.randbytes(400),
        lambda: b"\xff\xd8\xff" + chance.randbytes(chance.randrange(400)),
        lambda: b"\xff\xd8\xff\xe1\xff\xff" + good[3:],
        lambda: b"RIFF\xff\xff\xff\xffWEBP" + chance.randbytes(60),
        lambda: good,
    ))()  # fmt: skip


def _flipped(data: bytes, chance: random.Random, times: int) -> bytes:
    changed = bytearray(data)
    for _ in range(times):
        at = chance.randrange(len(changed))
        changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


def page(chance: random.Random) -> bytes:
    """A web page."""
    deep = chance.choice((10, 100_000))
    return chance.choice((
        lambda: b"<html>" + b"<div>" * deep + SAID.encode(),
        lambda: b"<html><script>" + b"x" * (1 << 20) + b"</script>" + SAID.encode(),
        lambda: b"<!DOCTYPE html><html><body " + b"a=1 " * deep + b">" + SAID.encode(),
        lambda: b'<html><meta charset="utf-99">' + SAID.encode("gb18030") + b"&#x110000;&#0;&#xD800;",
        lambda: b"<html><table>" + b"<tr><td colspan=999999999 rowspan=99999999>a" * 200,
        lambda: b"<html>" + b"<!--" * deep,
    ))()  # fmt: skip


def text(chance: random.Random) -> bytes:
    """A text that strains whoever reads it."""
    said = chance.choice((
        lambda: SAID * chance.choice((1, 500)),
        lambda: "一、" * 100_000,
        lambda: "".join(f"（{'一' * n}）" for n in range(1, 300)),
        lambda: "（" * 50_000,
        lambda: "\n".join(f"第{n}条 给予{'9' * n}万元" for n in range(1, 200)),
        lambda: "不超过" * 30_000 + "万元",
        lambda: "2020年13月45日前，" * 500,
        lambda: "".join(chr(chance.randrange(1, 0xD7FF)) for _ in range(3_000)),
        lambda: "对\x00企业\x0b给予\x1b[31m补助" + SAID,
        lambda: "、".join("企业" for _ in range(40_000)),
        lambda: "符合（1）" * 20_000,
        lambda: "年营业收入" + "且不低于" * 10_000,
    ))()  # fmt: skip
    return said.encode(chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be")), "replace")


def noise(chance: random.Random) -> bytes:
    """Bytes without meaning, behind any beginning, or nothing at all."""
    beginning = chance.choice(
        (
            b"",
            b"PK\x03\x04",
            b"%PDF-1.4\n",
            b"\x89PNG\r\n\x1a\n",
            b"<html>",
            b"MZ",
            b"Rar!",
            b"\x1f\x8b",
            b"{",
            b"<?xml version='1.0'?>",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
        )
    )
    return b"" if chance.random() < 0.1 else beginning + chance.randbytes(chance.choice((0, 1, 7, 100, 70_000)))


def damaged(chance: random.Random) -> bytes:
    """A file that was good, with bits flipped or its end missing."""
    made = chance.choice((word, workbook, ofd, pdf))(chance)
    if len(made) > 2_000_000 or len(made) < 20:
        return made
    return _flipped(made, chance, chance.randrange(1, 30)) if chance.random() < 0.5 else made[: chance.randrange(1, len(made))]


MADE: dict[str, Make] = {one.__name__: one for one in (word, ofd, bomb, pdf, picture, page, text, noise, damaged)}
