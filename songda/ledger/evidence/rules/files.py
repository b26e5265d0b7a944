"""Which files are taken in 文件准入: by what they contain, then by their name, which must agree. Everything else is refused in words.

Taken: photographs (JPEG, PNG, WebP), PDF, Word and Excel without macros, plain text. Not taken: whatever can run or carry another
file (programs, scripts, web pages, SVG, macros, archives, a file that is two kinds at once), old Office files, sound and film.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from songda.kernel.words import gettext as _
from songda.kernel.words import gettext_lazy
from songda.ledger.evidence.rules import documents, packages, pictures
from songda.ledger.evidence.rules.unfit import Unfit

MB: Final = 1 << 20
MOST_BYTES: Final = 30 * MB
LONGEST_NAME: Final = 120
ZIP_END: Final = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken: its media type, the suffixes it may bear (the first is given to a name without one), its most
    bytes, and whether a browser may show it in place (else it is only downloaded).
    """

    media_type: str
    suffixes: tuple[str, ...]
    most: int
    inline: bool
    fault: Callable[[bytes], Unfit | None]


JPEG: Final = FileKind("image/jpeg", ("jpg", "jpeg"), 20 * MB, inline=True, fault=pictures.fault)
PNG: Final = FileKind("image/png", ("png",), 20 * MB, inline=True, fault=pictures.fault)
WEBP: Final = FileKind("image/webp", ("webp",), 20 * MB, inline=True, fault=pictures.fault)
PDF: Final = FileKind("application/pdf", ("pdf",), 30 * MB, inline=True, fault=documents.pdf_fault)
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = FileKind(
    f"{OFFICE}wordprocessingml.document", ("docx",), 20 * MB, inline=False, fault=packages.fault_of("word/document.xml")
)
XLSX: Final = FileKind(
    f"{OFFICE}spreadsheetml.sheet", ("xlsx",), 20 * MB, inline=False, fault=packages.fault_of("xl/workbook.xml")
)
TEXT: Final = FileKind("text/plain", ("txt",), 2 * MB, inline=False, fault=documents.text_fault)
PICTURES: Final = frozenset({JPEG.media_type, PNG.media_type, WEBP.media_type})
KINDS: Final = {kind.media_type: kind for kind in (JPEG, PNG, WEBP, PDF, DOCX, XLSX, TEXT)}

_SAVE_AS = gettext_lazy("请在原软件中另存为 %(to)s 后再上传。")
_REFUSED: Final = (  # suffixes, what they are, what to do
    ("heic heif", gettext_lazy("苹果手机的 HEIC 照片"), gettext_lazy("请在手机“设置—相机—格式”中选“兼容性最佳”，或转成 JPG 后再上传。")),
    ("doc rtf wps odt", gettext_lazy("旧格式文档"), _SAVE_AS % {"to": "DOCX / PDF"}),
    ("xls et ods csv", gettext_lazy("旧格式表格"), _SAVE_AS % {"to": "XLSX"}),
    ("docm dotm xlsm xltm xlsb pptm", gettext_lazy("带宏的文件"), gettext_lazy("请另存为不带宏的 DOCX 或 XLSX 后再上传。")),
    ("ppt pptx dps", gettext_lazy("演示文稿"), _SAVE_AS % {"to": "PDF"}),
    ("svg html htm xhtml mhtml xml js", gettext_lazy("网页或脚本"), gettext_lazy("请打印为 PDF 或截图后再上传。")),
    ("zip rar 7z tar gz bz2 xz iso", gettext_lazy("压缩包"), gettext_lazy("请解压后逐个上传里面的文件。")),
    ("exe msi bat cmd com scr ps1 vbs sh jar apk dll lnk app", gettext_lazy("程序"), gettext_lazy("程序不能作为凭证。")),
    ("mp3 m4a wav amr aac mp4 mov avi", gettext_lazy("录音或录像"), gettext_lazy("请上传文字记录或照片。")),
    ("gif bmp tif tiff avif", gettext_lazy("此种图片"), gettext_lazy("请转成 JPG 或 PNG 后再上传。")),
)  # fmt: skip
_BY_SUFFIX: Final = {suffix: (what, advice) for suffixes, what, advice in _REFUSED for suffix in suffixes.split()}
_BY_BEGINNING: Final = (
    (b"\xd0\xcf\x11\xe0", "doc"), (b"MZ", "exe"), (b"\x7fELF", "exe"), (b"#!", "sh"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"), (b"GIF8", "gif"), (b"ID3", "mp3"), (b"PK", "zip"),
)  # fmt: skip


def judged(name: str, data: bytes) -> FileKind | Unfit:
    """The kind of a file, or why it is not taken."""
    suffix = suffix_of(name)
    refused = refused_suffix(suffix)
    if refused:
        return refused
    kind = kind_of(data, suffix)
    if kind is None:
        return refused_suffix(beginning_of(data)) or Unfit(
            _("不能识别的文件。"), _("可上传：JPG、PNG、WebP 照片，PDF，DOCX，XLSX，TXT。")
        )
    if suffix and suffix not in kind.suffixes:
        return Unfit(_("文件内容与后缀“.%(suffix)s”不符。") % {"suffix": suffix}, _("请用原软件打开确认后，重新导出再上传。"))
    if len(data) > kind.most:
        return Unfit(_("文件超过 %(n)d MB。") % {"n": kind.most // MB}, _("请压缩图片，或拆成几个文件后再上传。"))
    if kind not in (DOCX, XLSX) and ZIP_END in data[-65_557:]:
        return Unfit(_("文件里还藏着一个压缩包。"), _("请用原软件打开后另存，再上传。"))
    return kind.fault(data) or kind


def kind_of(data: bytes, suffix: str = "") -> FileKind | None:
    """The kind that the first bytes show; plain text shows nothing and is believed by its suffix."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _package_kind(data)
    return TEXT if suffix == "txt" and not beginning_of(data) else None


def beginning_of(data: bytes) -> str:
    """The suffix of a refused kind that the first bytes show, if any."""
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "mp4"
    return next((suffix for start, suffix in _BY_BEGINNING if data.startswith(start)), "")


def refused_suffix(suffix: str) -> Unfit | None:
    """The refusal that a suffix earns."""
    if suffix not in _BY_SUFFIX:
        return None
    what, advice = _BY_SUFFIX[suffix]
    return Unfit(_("不接收%(what)s。") % {"what": what}, str(advice))


def suffix_of(name: str) -> str:
    """The last suffix of a name, in small letters: 'x.PDF.exe' → 'exe'."""
    return PurePosixPath(name.strip().rstrip(".")).suffix.lstrip(".").lower()


def safe_name(name: str, kind: FileKind) -> str:
    """A name that can be shown, stored and sent: no folders, no control or direction marks, at most `LONGEST_NAME` letters, with the
    suffix of its kind.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>:\"|?*]", "", last).strip(" .")
    suffix = suffix_of(plain)
    stem = plain[: -len(suffix) - 1] if suffix in kind.suffixes else plain
    return f"{stem.strip(' .')[:LONGEST_NAME] or _('未命名')}.{suffix if suffix in kind.suffixes else kind.suffixes[0]}"


def _package_kind(data: bytes) -> FileKind | None:
    names = packages.names_in(data)
    return next((kind for kind, part in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")) if part in names), None)
