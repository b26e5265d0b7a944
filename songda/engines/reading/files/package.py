"""Packages 压缩封装的文档: the zip with XML parts that .docx and .ofd are, opened with guards against bombs."""

from __future__ import annotations

import importlib
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.limits import MOST_PART, MOST_PARTS, MOST_RATIO, MOST_UNPACKED

_RESAVE = "请用原来的软件打开文件，另存为新文件后再读入。"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_STREAM = 64 * 1024
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, OSError, RuntimeError, zlib.error)


class Package:
    """The parts of a packaged document. Nothing is unpacked before the sizes that the archive declares have passed, and reading
    counts the bytes that really come out, over all parts."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as trouble:
            raise _damaged() from trouble
        entries = self._archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        self.markup = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
        self.names = frozenset(entry.filename for entry in entries)
        self._left = MOST_UNPACKED
        self._relations: dict[str, Any] = {}
        if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 1024):
            raise _bomb()
        if any(entry.flag_bits & 1 for entry in entries):
            raise ReadingError("encrypted", "文档已加密。", "请取消密码后另存，再读入。")
        if any(entry.compress_type not in _METHODS for entry in entries):
            raise ReadingError("damaged", "文档用了不常见的压缩方式。", _RESAVE)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none."""
        if name not in self.names:
            return None
        try:
            with self._archive.open(name) as stream:
                return b"".join(self._counted(iter(lambda: stream.read(_STREAM), b"")))
        except _BROKEN as trouble:
            raise _damaged() from trouble

    def _counted(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        taken = 0
        for chunk in chunks:
            taken += len(chunk)
            self._left -= len(chunk)
            if taken > MOST_PART or self._left < 0:
                raise _bomb()
            yield chunk

    def xml(self, name: str) -> Any | None:
        """The root element of a part, None where there is none. Document types and entities are refused, nothing is fetched."""
        data = self.part(name)
        return None if data is None else parse_xml(data)

    def related(self, name: str, kind: str, usual: str) -> str:
        """The part that `name` names as its `kind` (`numbering`, `styles` …) in its relationships, else the `usual` one."""
        folder, base = posixpath.split(name)
        if name not in self._relations:
            self._relations[name] = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        relations = self._relations[name]
        for relation in relations if relations is not None else ():
            if str(relation.get("Type", "")).endswith(f"/{kind}"):
                return posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target", "")))).lstrip("/")
        return usual


def parse_xml(data: bytes) -> Any:
    """The root element of an XML text without document type."""
    if b"<!DOCTYPE" in data.replace(b"\x00", b""):
        raise ReadingError("bomb", "文档含有实体定义，疑似恶意文件，已拒绝读取。", _RESAVE)
    etree = importlib.import_module("lxml.etree")  # only when a package is read
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise _damaged() from trouble


def local(element: Any) -> str:
    """The name of an element without its namespace: strict and transitional documents differ only there."""
    return str(element.tag).rpartition("}")[2]


def value(element: Any, name: str = "val") -> str:
    """An attribute of an element whatever its namespace; empty where there is none."""
    return next((str(said) for key, said in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: Any | None, *path: str) -> Any | None:
    """The first element under these names, one level each."""
    for name in path:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def _damaged() -> ReadingError:
    return ReadingError("damaged", "文档已损坏或结构不完整，无法读取。", _RESAVE)


def _bomb() -> ReadingError:
    return ReadingError("bomb", "文档解压后异常庞大，疑似恶意文件，已拒绝读取。", _RESAVE)
