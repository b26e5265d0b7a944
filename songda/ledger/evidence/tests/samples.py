"""Small real files for tests: photographs with traces, papers, packages, and what must be refused."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

import typst
import xlsxwriter
from docx import Document
from PIL import ExifTags, Image

SECRET = b"DEVICE-SERIAL-4711"
PLACE = (34_812_345, 113_561_234)


def photo(form: str = "JPEG", *, size: tuple[int, int] = (640, 480), turned: int = 1, traces: bool = True) -> bytes:
    """A picture, red above and blue below, with moment, place, serial number and a comment."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, size[1] // 2, *size))
    exif = Image.Exif()
    if traces:
        exif[ExifTags.Base.Orientation] = turned
        exif[ExifTags.Base.Make] = SECRET.decode()
        details, position = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        details[ExifTags.Base.DateTimeOriginal] = "2020:03:10 09:30:00"
        position.update({1: "N", 2: (34.0, 48.0, 44.442), 3: "E", 4: (113.0, 33.0, 40.4424)})
    out = io.BytesIO()
    image.save(out, form, exif=exif, **({"comment": SECRET} if form == "JPEG" and traces else {}))
    return out.getvalue()


def pdf(text: str = "示例回执") -> bytes:
    return typst.compile(f"#set document(date: none)\n{text}".encode())


def active_pdf() -> bytes:
    return (
        pdf()
        .replace(b"/Type/Catalog", b"/OpenAction<</S/#4aavaScript/JS(app.alert(1))>>/Type/Catalog")
        .replace(b"/Type /Catalog", b"/OpenAction<</S/#4aavaScript/JS(app.alert(1))>>/Type /Catalog")
    )


@lru_cache
def docx() -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("示例感谢信")
    document.save(out)
    return out.getvalue()


def xlsx(*, macro: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "示例清单")
    return with_part(out.getvalue(), "xl/vbaProject.bin", b"macro") if macro else out.getvalue()


def with_part(package: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "x")
    return out.getvalue()
