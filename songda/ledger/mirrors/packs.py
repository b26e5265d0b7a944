"""placeholder"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from songda.kernel.who import Who


def faults_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Nothing yet."""
    del data
    return ()


def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Nothing yet."""
    del files, by, now
    return 0
