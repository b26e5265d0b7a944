"""The archive 归档文件: a zip with `manifest.json`, `tables/<table>.tsv`, `files/<place>` and, on request, `secrets/<name>`.

Written beside its place and renamed when all of it is on the disk: it is there whole or not at all. Readable by its owner only:
it holds personal data. No database.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path
from typing import IO

from songda.kernel.errors import Invalid, Unavailable
from songda.portal.upkeep import manifest as manifests
from songda.portal.upkeep.manifest import FileEntry, Manifest

CHUNK = 1 << 20
DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError)
MANIFEST = "manifest.json"
PRESSED = frozenset({".jpg", ".jpeg", ".png", ".parquet", ".pdf", ".docx", ".xlsx", ".zip"})  # pressing them again gains nothing


@contextmanager
def whole_or_not(place: Path) -> Generator[BufferedRandom]:
    """A file to write; in its place when the block ends well, gone otherwise. Unavailable when the disk does not take it."""
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
        settle(place.parent)
    except OSError as error:
        raise Unavailable(
            f"写不下 {place}：{error.strerror or error}。",
            advice="未留下残缺的文件。请腾出磁盘空间，或用 --to 换一个位置后重试。",
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Force the names in a folder to the disk: a rename too must survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Writer:
    """An archive being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)

    def table(self, name: str, lines: Iterable[bytes]) -> tuple[int, str]:
        """A table from pieces of whole lines; rows and digest. One without rows takes no place."""
        rows, digest, feed = 0, hashlib.sha256(), iter(lines)
        first = next(feed, None)
        if first is None:
            return 0, digest.hexdigest()
        with self.zip.open(f"tables/{name}.tsv", "w", force_zip64=True) as member:
            while first is not None:
                rows += first.count(b"\n")
                digest.update(first)
                member.write(first)
                first = next(feed, None)
        return rows, digest.hexdigest()

    def file(self, path: str, source: Path, folder: str = "files") -> FileEntry:
        """A file as it is on the disk now."""
        info = zipfile.ZipInfo(f"{folder}/{path}")
        info.compress_type = zipfile.ZIP_STORED if source.suffix.lower() in PRESSED else zipfile.ZIP_DEFLATED
        size, digest = 0, hashlib.sha256()
        with source.open("rb") as stream, self.zip.open(info, "w", force_zip64=True) as member:
            for chunk in iter(lambda: stream.read(CHUNK), b""):
                size += len(chunk)
                digest.update(chunk)
                member.write(chunk)
        return FileEntry(path, size, digest.hexdigest())

    def close(self, manifest: Manifest) -> None:
        """The manifest, last, and the end."""
        self.zip.writestr(MANIFEST, manifests.written(manifest))
        self.zip.close()


class Reader:
    """An archive being read. Invalid for what is no backup."""

    def __init__(self, place: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(place)
            self.manifest = manifests.read(self.zip.read(MANIFEST).decode())
        except (OSError, UnicodeDecodeError, *DAMAGE) as error:
            raise Invalid(f"{place} 不是完整的备份文件。", advice="请核对文件是否传输完整，或换一份备份。") from error

    @contextmanager
    def table(self, name: str) -> Generator[IO[bytes]]:
        """The lines of a table; Invalid when the archive is damaged there."""
        try:
            with self.zip.open(f"tables/{name}.tsv") as member:
                yield member
        except DAMAGE as error:
            raise Invalid(f"备份文件已损坏：表 {name}。", advice="请换一份备份。") from error

    def file(self, entry: FileEntry, place: Path) -> None:
        """Put a file in a new place; Invalid unless it has its digest, Unavailable when the disk does not take it."""
        place.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        try:
            with self.zip.open(f"files/{entry.path}") as member, place.open("wb") as target:
                for chunk in iter(lambda: member.read(CHUNK), b""):
                    digest.update(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
        except DAMAGE as error:
            raise Invalid(f"备份文件已损坏：文件 {entry.path}。", advice="请换一份备份。") from error
        except OSError as error:
            raise Unavailable(
                f"写不下 {place}：{error.strerror or error}。", advice="未留下任何内容。请腾出磁盘空间后重试。"
            ) from error
        if digest.hexdigest() != entry.digest:
            raise Invalid(f"备份中的文件 {entry.path} 与清单不符。", advice="请换一份备份。")

    def secrets(self) -> Iterator[tuple[str, bytes]]:
        """What was taken along `--with-secret`, by name."""
        for name in self.zip.namelist():
            if name.startswith("secrets/"):
                yield name.removeprefix("secrets/"), self.zip.read(name)

    def close(self) -> None:
        """The end."""
        self.zip.close()
