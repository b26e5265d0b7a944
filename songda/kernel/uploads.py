"""Uploads 上传的文件 as files on the disk, for readers that want a path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.uploadedfile import UploadedFile


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
