"""Reading PDF 读取 PDF: the text layer with its places, by PDFium. Scans, encrypted and garbled files are refused with advice."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.files.page_lines import Piece, printed_lines
from songda.engines.reading.files.paragraphs import paragraphs
from songda.engines.reading.files.running_heads import PageSize
from songda.engines.reading.limits import MOST_CHARACTERS, MOST_PAGES

_BLANK = frozenset((9, 10, 13, 32, 0xA0, 0x3000))
_LINE_ENDS = (10, 13)
_A4 = PageSize(595.0, 842.0)
_FEW = 12  # characters: a page with fewer has no text to speak of
_GARBLED = 0.15
_TILT = 0.1  # radians
_COPY = "请在原来的软件中打开，另存为 .docx，或把正文复制到文本文件（UTF-8）后再读入。"
_SCAN = "请先做文字识别（OCR）并人工核对，再把文字存为文本文件或 .docx 读入。"
# Radicals and compatibility forms that some writers of PDF use for ordinary characters.
_FORMS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")


def pdf_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of a PDF, one a line; and which pages could not be read."""
    document = _opened(data)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise ReadingError("too_long", f"PDF 有 {count} 页，超过 {MOST_PAGES} 页上限。", "请拆分后再读入。")
        return _text(document, count)
    finally:
        document.close()


def _opened(data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) == 0:
            raise ReadingError("damaged", "PDF 中没有页面。", _COPY)
    except pypdfium2.PdfiumError as trouble:
        if trouble.err_code == raw.FPDF_ERR_PASSWORD:
            raise ReadingError("encrypted", "PDF 已加密，需要密码才能打开。", "请取消密码后另存，再读入。") from trouble
        raise ReadingError("damaged", "PDF 已损坏，无法打开。", _COPY) from trouble
    return document


def _text(document: Any, count: int) -> tuple[str, tuple[str, ...]]:
    read = _Read()
    for number in range(count):
        read.page(document, number)
        if read.characters > MOST_CHARACTERS:
            raise ReadingError("too_long", f"PDF 的文字超过 {MOST_CHARACTERS} 字上限。", "请按文件拆分后再读入。")
    read.check()
    lines = paragraphs([printed_lines(page) for page in read.pages], read.sizes)
    text = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form.group()), "\n".join(lines))
    return text, tuple(read.notes())


class _Read:
    """What has been read, page by page."""

    def __init__(self) -> None:
        self.pages: list[list[Piece]] = []
        self.sizes: list[PageSize] = []
        self.characters = 0
        self._garbled = 0
        self._pictures: list[str] = []  # numbers of pages, from 1, that hold pictures and no text
        self._broken: list[str] = []  # and of those that cannot be opened

    def page(self, document: Any, number: int) -> None:
        """Read one page."""
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            self._broken.append(str(number + 1))
            self.pages.append([])
            self.sizes.append(_A4)
            return
        self.sizes.append(PageSize(*page.get_size()))
        pieces, wrong = _pieces(page, number, self.sizes[-1])
        said = sum(len(piece.text) for piece in pieces)
        if said < _FEW and _has_picture(page):
            self._pictures.append(str(number + 1))
        page.close()
        self.pages.append(pieces)
        self.characters += said
        self._garbled += wrong

    def check(self) -> None:
        """Refuse scans, garbled files and files without a whole page."""
        lost = len(self._pictures)
        if lost and self.characters < _FEW * lost:
            raise ReadingError("scan", f"这是扫描件：{len(self.pages)} 页中有 {lost} 页只有图片，没有文字。", _SCAN)
        if self._garbled > _GARBLED * max(self.characters, 1):
            raise ReadingError("garbled", "PDF 的字体没有文字编码，读出的会是乱码。", _SCAN)
        if len(self._broken) == len(self.pages):
            raise ReadingError("damaged", "PDF 的页面已损坏，无法读取。", _COPY)

    def notes(self) -> Iterator[str]:
        """What a person should know of the reading."""
        if self._pictures:
            yield f"第 {'、'.join(self._pictures)} 页只有图片，没有文字，未读出，请核对原文件。"
        if self._broken:
            yield f"第 {'、'.join(self._broken)} 页已损坏，未读出，请核对原文件。"
        if self._garbled:
            yield f"有 {self._garbled} 个字没有文字编码，可能读错，请核对原文件。"


def _has_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


class _Signs:
    """The characters of a page with their boxes, the page turned upright."""

    def __init__(self, page: Any, size: PageSize) -> None:
        self._text = page.get_textpage()
        self._turn = page.get_rotation()
        self._size = size
        self._box, self._x, self._y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for at in range(raw.FPDFText_CountChars(self._text)):
            yield at, raw.FPDFText_GetUnicode(self._text, at)

    def wrong(self, at: int) -> bool:
        return bool(raw.FPDFText_HasUnicodeMapError(self._text, at) == 1)

    def tilted(self, at: int) -> bool:
        angle = raw.FPDFText_GetCharAngle(self._text, at) - self._turn * 0.0174533
        off = abs(angle) % 6.283185
        return bool(min(off, 6.283185 - off) > _TILT)

    def typed(self, at: int) -> bool:
        """Is this blank a sign of the file, and no guess of PDFium?"""
        return raw.FPDFText_IsGenerated(self._text, at) == 0 and raw.FPDFText_GetUnicode(self._text, at) not in _LINE_ENDS

    def place(self, at: int) -> tuple[float, float, float, float]:
        """Left, right, base line from the top, height."""
        raw.FPDFText_GetLooseCharBox(self._text, at, self._box)
        raw.FPDFText_GetCharOrigin(self._text, at, self._x, self._y)
        box = self._box
        if self._turn == 90:
            return box.bottom, box.top, self._x.value, box.right - box.left
        if self._turn == 180:
            return self._size.width - box.right, self._size.width - box.left, self._y.value, box.top - box.bottom
        if self._turn == 270:
            across = self._size.width
            return across - box.top, across - box.bottom, self._size.height - self._x.value, box.right - box.left
        return box.left, box.right, self._size.height - self._y.value, box.top - box.bottom

    def close(self) -> None:
        self._text.close()


def _pieces(page: Any, number: int, size: PageSize) -> tuple[list[Piece], int]:
    """The pieces of text of a page in the order of the file, and how many characters have no encoding."""
    signs = _Signs(page, size)
    found: list[Piece] = []
    held: _Growing | None = None
    wrong, blank = 0, False
    for at, code in signs:
        if code in _BLANK:
            blank = blank or signs.typed(at)
            continue
        if signs.wrong(at) or code in (0, 0xFFFE, 0xFFFF):
            wrong += 1
        sign = "-" if code == 2 else chr(code)
        place = signs.place(at)
        if held is None or not held.takes(place, sign, after_blank=blank):
            if held is not None:
                found.append(held.piece(number))
            held = None if signs.tilted(at) else _Growing(place, sign)
        blank = False
    if held is not None:
        found.append(held.piece(number))
    signs.close()
    return [piece for piece in found if piece.text.strip()], wrong


class _Growing:
    """A piece while its characters come."""

    def __init__(self, place: tuple[float, float, float, float], sign: str) -> None:
        self.left, self.right, self.down, height = place
        self.size = self.right - self.left if _is_wide(sign) else height
        self._signs = [sign]
        self._widths = [self.size] if _is_wide(sign) else []

    def takes(self, place: tuple[float, float, float, float], sign: str, *, after_blank: bool) -> bool:
        """Add a character that stands on the same base line close by; False where it does not."""
        left, right, down, _height = place
        gap = left - self.right
        if abs(down - self.down) > 0.4 * self.size or not -1.2 * self.size < gap < 1.5 * self.size:
            return False
        latin = self._signs[-1].isascii() and sign.isascii()
        wide = gap > 0.6 * self.size or ((after_blank or latin) and gap > 0.15 * self.size)
        self._signs.append(" " if wide else "")
        self._signs.append(sign)
        self.right = max(right, self.right)
        if _is_wide(sign):
            self._widths.append(right - left)
        return True

    def piece(self, page: int) -> Piece:
        """What has come, as a piece."""
        text = "".join(self._signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        size = median(self._widths) if self._widths else self.size
        return Piece(page, self.left, self.right, self.down, max(size, 1.0), text)


def _is_wide(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"
