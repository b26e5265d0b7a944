"""A full disk is known whoever says it."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from songda.kernel.room import is_full


def caused(error: BaseException) -> BaseException:
    try:
        try:
            raise error
        except type(error) as cause:
            raise RuntimeError("while writing") from cause
    except RuntimeError as outer:
        return outer


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "quota"),
        sqlite3.OperationalError("database or disk is full"),
        ValueError("could not extend file: No space left on device"),
        caused(OSError(errno.ENOSPC, "x")),
    ],
)
def test_a_full_disk(error: BaseException) -> None:
    assert is_full(error)


@pytest.mark.parametrize(
    "error", [None, OSError(errno.EACCES, "no"), sqlite3.OperationalError("database is locked"), ValueError("x")]
)
def test_another_trouble(error: BaseException | None) -> None:
    assert not is_full(error)
