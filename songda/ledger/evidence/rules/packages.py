"""Word and Excel files from the inside: a zip of parts. Macros, programs, controls and bombs are looked for."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from songda.kernel.words import gettext as _
from songda.ledger.evidence.rules.unfit import Unfit

MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 300 << 20
ACTIVE: Final = ("vbaproject", "activex/", "macrosheets/", "customui/")


def names_in(data: bytes) -> frozenset[str]:
    """The names of the parts; none where it is not a sound zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return frozenset()


def fault_of(main: str) -> Callable[[bytes], Unfit | None]:
    """The check of a package whose main part is `main`."""

    def fault(data: bytes) -> Unfit | None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            return _fault_of_parts(parts) or _fault_of_types(package, main)

    return fault


def _fault_of_parts(parts: Sequence[zipfile.ZipInfo]) -> Unfit | None:
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return Unfit(_("文件展开后过大。"), _("请用原软件打开后另存，再上传。"))
    if any(part.flag_bits & 1 for part in parts):
        return Unfit(_("文件有密码。"), _("请去掉密码后再上传。"))
    if any(word in name for name in names for word in ACTIVE):
        return Unfit(_("文件里有宏或控件。"), _("请另存为不带宏的 DOCX 或 XLSX 后再上传。"))
    if any("/embeddings/" in name and not name.endswith((".xlsx", ".docx", "/")) for name in names):
        return Unfit(_("文件里嵌着其他文件。"), _("请删去嵌入的对象，把里面的文件单独上传。"))
    if len(set(names)) < len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        return Unfit(_("文件结构异常。"), _("请用原软件打开后另存，再上传。"))
    return None


def _fault_of_types(package: zipfile.ZipFile, main: str) -> Unfit | None:
    try:
        types = package.read("[Content_Types].xml")
        package.read(main)  # its checksum is checked as it is read
    except (KeyError, zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, zlib.error):
        return Unfit(_("文件已损坏。"), _("请用原软件打开后另存，再上传。"))
    if b"macroenabled" in types.lower():
        return Unfit(_("文件里有宏或控件。"), _("请另存为不带宏的 DOCX 或 XLSX 后再上传。"))
    return None
