"""Large files arrive under any name, and not beyond what any door takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from songda.kernel import uploads
from songda.kernel.uploads import on_disk


def sent(name: bytes, data: bytes):
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n--b--\r\n' % (name, data)
    return RequestFactory().generic("POST", "/", body, content_type="multipart/form-data; boundary=b")


@pytest.mark.parametrize("size", [10, settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1])
@pytest.mark.parametrize("name", [b"a." + b"x" * 250, "表.xlsx".encode(), b"../../etc/passwd", b"a\x00b.csv"])
def test_any_name_arrives(name: bytes, size: int) -> None:
    upload = sent(name, b"a" * size).FILES["file"]
    with on_disk(upload) as path:
        assert path.stat().st_size == size
        assert name.decode() not in str(path)
    assert not path.exists()
    assert "/" not in upload.name
    upload.close()


def test_more_than_any_door_takes_is_not_received(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 6 << 20)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with pytest.raises(RequestDataTooBig):
        sent(b"a.csv", b"a" * (7 << 20)).FILES.get("file")
    assert list(tmp_path.iterdir()) == []
