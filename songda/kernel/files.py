"""Files kept by their content 文件库: a folder of bytes, each under its SHA-256 (`aa/bb/<digest>`). No database, no domain.

A file arrives in `incoming/`, is forced to the disk, and takes its place by one rename: it is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from songda.kernel.errors import TooMany

CHUNK = 1 << 20
DAY = 86_400.0  # seconds by the clock of the disk; anything a writer still works on is younger


class Readable(Protocol):
    """Anything with `read(n)`: an upload, an open file, BytesIO."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that has arrived and has no place yet."""

    path: Path
    digest: str
    size: int


class ContentStore:
    """The folder. Safe for several processes on one disk: same content, same name, and a rename replaces whole files only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, digest: str, derived: str = "") -> Path:
        """Where the bytes of a digest lie, or something made from them (`derived`: a suffix such as '.thumb.jpg')."""
        return self.root / digest[:2] / digest[2:4] / f"{digest}{derived}"

    @contextmanager
    def receive(self, stream: Readable, limit: int) -> Generator[Incoming]:
        """Take a stream to the disk for the length of the block; TooMany beyond `limit` bytes. Gone afterwards unless kept."""
        folder = self.root / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)
        path = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                total, size = hashlib.sha256(), 0
                for chunk in iter(partial(stream.read, CHUNK), b""):
                    size += len(chunk)
                    refuse_beyond(size, limit)
                    total.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            yield Incoming(path, total.hexdigest(), size)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> None:
        """Give a received file its place. A file of the same content is replaced: a damaged one is whole again."""
        self._settle(incoming.path, self.place(incoming.digest))

    def keep_derived(self, digest: str, derived: str, data: bytes) -> None:
        """Keep something made from a file beside it."""
        folder = self.root / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        self._settle(Path(name), self.place(digest, derived))

    def read(self, digest: str) -> bytes | None:
        """The bytes, or None where they are missing or no longer have their digest."""
        path = self.place(digest)
        data = path.read_bytes() if path.exists() else b""
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def is_whole(self, digest: str) -> bool:
        """Whether the file is there and still has its digest (read through, without holding it in memory)."""
        path = self.place(digest)
        if not path.exists():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest

    def sweep(self, known: Callable[[Iterable[str]], set[str]]) -> int:
        """Remove what a crash left: arrivals without a place, files that no row knows, all a day old; how many.

        Ages are by the clock of the disk itself, so a machine with a wrong clock removes nothing that is in use.
        """
        left = list(self._left_behind(known))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def discard(self, digest: str) -> bool:
        """Remove a file that no row knows any longer, with all made from it; whether it is gone.

        One younger than a day stays for the nightly sweep: somebody may be giving the same file again at this moment.
        """
        folder = self.place(digest).parent
        if not folder.is_dir():
            return True
        old = self._day_ago()
        found = [path for path in folder.iterdir() if path.name.startswith(digest)]
        for path in found:
            if path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
        return not any(path.exists() for path in found)

    def _day_ago(self) -> float:
        """A day ago by the clock of the disk itself."""
        (self.root / "incoming").mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.root / "incoming") as probe:
            return Path(probe.name).stat().st_mtime - DAY

    def _left_behind(self, known: Callable[[Iterable[str]], set[str]]) -> Iterator[Path]:
        old = self._day_ago()
        yield from (path for path in (self.root / "incoming").iterdir() if path.stat().st_mtime < old)
        for folder in sorted(self.root.glob("??/??")):
            aged = [path for path in folder.iterdir() if path.stat().st_mtime < old]
            kept = known({path.name[:64] for path in aged})
            yield from (path for path in aged if path.name[:64] not in kept)

    def _settle(self, path: Path, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        path.chmod(0o440)
        path.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name too must survive a power cut
        finally:
            os.close(folder)


def refuse_beyond(size: int, limit: int) -> None:
    """TooMany for more bytes than allowed."""
    if size > limit:
        raise TooMany(_("文件超过 %(n)d MB。") % {"n": limit >> 20}, advice=_("请压缩图片，或拆成几个文件后再上传。"))
