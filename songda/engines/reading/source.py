"""Opening a file 打开文件: plain text or docx become one `Source`; anything else is refused with advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.word import is_docx, word_text

MOST_BYTES = 50 * 1024 * 1024
_PASTE = "请打开原文件，把正文复制到文本文件（UTF-8）后再读入。"
_SIGNATURES: tuple[tuple[bytes, str, str, str], ...] = (
    (b"%PDF", "pdf", "这是 PDF 文件，目前还不能直接读取。", "请在 Word 或 WPS 中另存为 .docx，或把正文复制到文本文件后再读入。"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "legacy",
        "这是旧版 Office/WPS 文件（.doc、.wps）或加密的文档。",
        "请在 Word 或 WPS 中取消密码，另存为 .docx 后再读入。",
    ),
    (b"\x89PNG", "image", "这是图片，不含文字。", "请先做文字识别并核对，再把文字存为文本文件读入。"),
    (b"\xff\xd8\xff", "image", "这是图片，不含文字。", "请先做文字识别并核对，再把文字存为文本文件读入。"),
    (b"GIF8", "image", "这是图片，不含文字。", "请先做文字识别并核对，再把文字存为文本文件读入。"),
    (b"BM", "image", "这是图片，不含文字。", "请先做文字识别并核对，再把文字存为文本文件读入。"),
    (b"II*\x00", "image", "这是图片，不含文字。", "请先做文字识别并核对，再把文字存为文本文件读入。"),
    (b"MM\x00*", "image", "这是图片，不含文字。", "请先做文字识别并核对，再把文字存为文本文件读入。"),
    (b"{\\rtf", "rtf", "这是 RTF 文件，目前还不能直接读取。", "请在 Word 或 WPS 中另存为 .docx 后再读入。"),
)
_MARKS: tuple[tuple[bytes, str], ...] = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file and the kind it came from (`text` or `docx`)."""

    text: str
    kind: str


def read_file(path: Path | str) -> Source:
    """The text of the file at `path`; a ReadingError says why it cannot be had. Holds the whole file (at most 50 MB)."""
    place = Path(path)
    try:
        size = place.stat().st_size
        if not place.is_file():
            raise ReadingError("not_a_file", f"「{place.name}」不是文件。", "请给出一个文本或 .docx 文件。")
        if size > MOST_BYTES:
            raise ReadingError(
                "too_large", f"文件有 {size // 1024 // 1024} MB，超过 50 MB 上限。", "请拆分文件或删去其中的图片后再读入。"
            )
        data = place.read_bytes()
    except OSError as trouble:
        raise ReadingError(
            "unreadable", f"无法打开「{place.name}」：{trouble.strerror}。", "请检查文件是否存在、是否有读取权限。"
        ) from trouble
    return read_bytes(data)


def read_bytes(data: bytes) -> Source:
    """The text of a file already in memory, as an upload is."""
    if len(data) > MOST_BYTES:
        raise ReadingError("too_large", "文件超过 50 MB 上限。", "请拆分文件或删去其中的图片后再读入。")
    for signature, code, message, advice in _SIGNATURES:
        if data.startswith(signature) and _certain(signature, data):
            raise ReadingError(code, message, advice)
    if data.startswith(b"PK"):
        if not is_docx(data):
            raise ReadingError("archive", "这是压缩包或其他 Office 文件，不是 .docx 文档。", "请解压后逐个读入，或另存为 .docx。")
        return _checked(word_text(data), "docx")
    return _checked(_decode(data), "text")


def _certain(signature: bytes, data: bytes) -> bool:
    # "BM" is short: plain text may begin with it, a picture holds zero bytes.
    return signature != b"BM" or b"\x00" in data[:64]


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding) or _undecodable()
    if b"\x00" in data:
        raise ReadingError("binary", "文件含有二进制内容，不是文本。", _PASTE)
    return _first(lambda encoding: _try(data, encoding), ("utf-8", "gb18030"))


def _first(decode: Callable[[str], str | None], encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        text = decode(encoding)
        if text is not None:
            return text
    return _undecodable()


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _undecodable() -> str:
    raise ReadingError("undecodable", "文字编码既不是 UTF-8 也不是 GB18030，无法可靠解码。", "请用记事本另存为 UTF-8 后再读入。")


def _checked(text: str, kind: str) -> Source:
    if not text.strip():
        raise ReadingError("empty", "文件中没有文字。", "如果正文是图片，请先做文字识别并核对。")
    return Source(text.replace("\r\n", "\n").replace("\r", "\n"), kind)
