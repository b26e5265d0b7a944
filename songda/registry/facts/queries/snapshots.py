"""Frozen facts: the file of a snapshot, and the frame that matching works on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from songda.engines.match.frame import Frame
from songda.kernel.errors import Conflict
from songda.registry.facts.models import Snapshot
from songda.registry.facts.queries.catalogue import catalogue


def snapshot_path(snapshot: Snapshot) -> Path:
    """Where the file of a snapshot lies."""
    return Path(settings.MEDIA_ROOT) / snapshot.path


def verified(snapshot: Snapshot) -> Path:
    """The file, after its digest was compared; Conflict where it is gone or is not what was written."""
    path = snapshot_path(snapshot)
    if not path.is_file() or digest_of(path) != snapshot.digest:
        raise Conflict(
            _("快照文件“%(name)s”缺失或内容已变，不能使用。") % {"name": snapshot.path},
            advice=_("请从备份恢复该文件，或重新生成快照。"),
        )
    return path


def snapshot_frame(snapshot: Snapshot, codes: Iterable[str] | None = None) -> Frame:
    """The snapshot's columns of these facts (None: all) as a frame for matching; the file's digest is checked first."""
    return Frame.read(verified(snapshot), catalogue(), codes)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
