"""Uploads 上传的文件 as files on the disk: as they arrive, and for readers that want a path. Their names never become paths."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

MOST_BYTES: Final = 64 << 20
"""What no door takes is not even received: it would fill the disk before anybody looked at it."""


class Arrival(TemporaryUploadedFile):
    """A large file while it arrives. Django's own takes the suffix of its name along, and a long one is refused by the disk."""

    def __init__(self, name: str, *told: Any) -> None:
        super().__init__("upload", *told)
        self.name = name


class Arrivals(TemporaryFileUploadHandler):
    """Receives large files on the disk, up to `MOST_BYTES` each (RequestDataTooBig)."""

    def new_file(self, *given: Any, **more: Any) -> None:
        """Begin one."""
        FileUploadHandler.new_file(self, *given, **more)
        self.file = Arrival(self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take the next bytes."""
        if start + len(raw_data) > MOST_BYTES:
            self.file.close()
            raise RequestDataTooBig("file")
        super().receive_data_chunk(raw_data, start)
        return None


@contextmanager
def on_disk(upload: UploadedFile[bytes]) -> Iterator[Path]:
    """An upload as a file of its own, for as long as it is read.

    Nothing of the name it came under is kept: what it is, its content says, and a name may be anything.
    """
    with NamedTemporaryFile() as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)
