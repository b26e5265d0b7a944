"""Room on the disk 磁盘空间: whether something failed because there is none. Databases and file libraries each say it in their own way."""

from __future__ import annotations

import errno
from collections.abc import Iterator

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
SAID = ("disk is full", "No space left on device", "disk full", "Disk quota exceeded")  # SQLite, the system, PostgreSQL, quotas


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or one it came from, is a full disk."""
    return any(getattr(one, "errno", None) in NO_ROOM or any(said in str(one) for said in SAID) for one in causes(error))


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from, the nearest first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
