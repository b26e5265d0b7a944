"""Opening a file 打开文件: text, .docx, PDF, web page or OFD become one `Source`; anything else is refused with advice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.files.confined import read_confined
from songda.engines.reading.files.ofd import ofd_text
from songda.engines.reading.files.package import Package
from songda.engines.reading.files.plain_text import cleaned, decoded
from songda.engines.reading.files.readers import Told
from songda.engines.reading.files.refusals import refuse_known
from songda.engines.reading.files.web_page import is_web_page, web_page_text
from songda.engines.reading.files.word import main_part, word_text
from songda.engines.reading.limits import MOST_BYTES, MOST_CHARACTERS, SAFE_BYTES, SAFE_UNPACKED

SUFFIXES = (".txt", ".docx", ".pdf", ".html", ".htm", ".ofd")
_PDF_WITHIN = 1024  # the mark of a PDF may stand so far into the file


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, the kind it came from (`text`, `docx`, `pdf`, `html`, `ofd`), and what a person should know of the reading:
    pages without text, objects left out (`notes`, Chinese sentences)."""

    text: str
    kind: str
    notes: tuple[str, ...] = ()


def read_file(path: Path | str) -> Source:
    """The text of the file at `path`; a ReadingError says why it cannot be had. Holds the whole file (at most 50 MB)."""
    place = Path(path)
    try:
        size = place.stat().st_size
        if not place.is_file():
            raise ReadingError("not_a_file", f"「{place.name}」不是文件。", f"请给出一个文件（{'、'.join(SUFFIXES)}）。")
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
    """The text of a file already in memory, as an upload is. The kind is told from the bytes, not from a name.

    PDF, large packages and large pages are read in a process of their own with limits.
    """
    if len(data) > MOST_BYTES:
        raise ReadingError("too_large", "文件超过 50 MB 上限。", "请拆分文件或删去其中的图片后再读入。")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return _checked(read_confined("pdf", data), "pdf")
    if data.startswith(b"PK"):
        return _package(data)
    if is_web_page(data):
        return _checked(web_page_text(data) if len(data) <= SAFE_BYTES else read_confined("html", data), "html")
    refuse_known(data)
    return _checked((decoded(data), ()), "text")


def _package(data: bytes) -> Source:
    package = Package(data)
    kind = "ofd" if "OFD.xml" in package.names else "docx" if main_part(package) else ""
    if not kind:
        raise ReadingError(
            "archive", "这是压缩包或其他 Office 文件，不是 .docx 或 .ofd 文档。", "请解压后逐个读入，或另存为 .docx。"
        )
    if package.markup > SAFE_UNPACKED:
        return _checked(read_confined(kind, data), kind)
    return _checked(word_text(package) if kind == "docx" else ofd_text(package), kind)


def _checked(told: Told, kind: str) -> Source:
    text, notes = told
    if len(text) > MOST_CHARACTERS:
        raise ReadingError("too_long", f"文件的文字超过 {MOST_CHARACTERS} 字上限。", "请按文件拆分后再读入。")
    text = cleaned(text)
    if not text.strip():
        raise ReadingError("empty", "文件中没有文字。", "如果正文是图片，请先做文字识别并核对。")
    return Source(text, kind, notes)
