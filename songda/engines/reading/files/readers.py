"""The readers of document files 各格式的读取: each gives text and notes from bytes. What a reader needs is imported when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from songda.engines.reading.files.ofd import ofd_text
from songda.engines.reading.files.package import Package
from songda.engines.reading.files.web_page import web_page_text
from songda.engines.reading.files.word import word_text

Told = tuple[str, tuple[str, ...]]


def _pdf(data: bytes) -> Told:
    told: Told = importlib.import_module("songda.engines.reading.files.pdf").pdf_text(data)  # pypdfium2: a tenth of a second
    return told


READERS: dict[str, Callable[[bytes], Told]] = {
    "docx": lambda data: word_text(Package(data)),
    "ofd": lambda data: ofd_text(Package(data)),
    "html": web_page_text,
    "pdf": _pdf,
}
