"""PDF and plain text from the inside: what would run, or carry another file."""

from __future__ import annotations

import re
import zlib
from typing import Final

from songda.kernel.words import gettext as _
from songda.ledger.evidence.rules.unfit import Unfit

ACTIVE: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z])")
STREAM: Final = re.compile(rb">>\s{0,8}stream\r?\n")
MOST_UNPACKED: Final = 32 << 20


def pdf_fault(data: bytes) -> Unfit | None:
    """What is wrong with a PDF. Names are looked for outside streams and inside object streams, spelt plainly or with #xx; what a
    cipher hides is not seen, so PDFs with a password are refused too.
    """
    if b"%%EOF" not in data[-2048:]:
        return Unfit(_("PDF 不完整。"), _("请重新导出 PDF 后再上传。"))
    structure = structure_of(data)
    if b"/Encrypt" in structure:
        return Unfit(_("文件有密码。"), _("请去掉密码后再上传。"))
    if ACTIVE.search(structure):
        return Unfit(_("PDF 里有脚本或嵌入的文件。"), _("请用“打印—另存为 PDF”重新生成后再上传。"))
    return None


def structure_of(data: bytes) -> bytes:
    """A PDF without the bodies of its streams, with those of its object streams unpacked (up to `MOST_UNPACKED` bytes)."""
    kept, at, room = [], 0, MOST_UNPACKED
    while begin := STREAM.search(data, at):
        head, at = data[at : begin.end()], data.find(b"endstream", begin.end())
        kept.append(head)
        at = len(data) if at < 0 else at
        if b"/ObjStm" in head.rsplit(b" obj", 1)[-1]:
            kept.append(_inflated(data[begin.end() : at], room))
            room -= len(kept[-1])
    plain = b"\n".join((*kept, data[at:]))
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), plain)


def text_fault(data: bytes) -> Unfit | None:
    """What is wrong with a plain text: unreadable, or a page or script under another name."""
    text = _decoded(data)
    if text is None or re.search(r"[\x00-\x08\x0e-\x1f]", text):
        return Unfit(_("不是可读的文本。"), _("请存为 UTF-8 编码的 TXT 后再上传。"))
    if re.match(r"\s*<[!?a-z]", text, re.IGNORECASE) or re.search(r"<\s*(script|iframe|svg)\b", text, re.IGNORECASE):
        return Unfit(_("文本里是网页代码。"), _("请只保留文字后再上传。"))
    return None


def _inflated(body: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, max(most, 1))
    except zlib.error:
        return body


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
