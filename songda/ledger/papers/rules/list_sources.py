"""Where lists come from 清单来源: each a query with a date. A room registers one in `AppConfig.ready`, with the dotted path of a
function, so that no model is loaded too early; nothing here knows the rooms.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

MOST = 5_000
"""Rows of one list; more are for an export of the room itself."""

SOURCES: dict[str, tuple[object, str]] = {}


@dataclass(frozen=True, slots=True)
class ListRows:
    """The rows of a list: its columns, the rows in their order, and shares of the width by column (empty: even)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    def digest(self, as_of: str) -> str:
        """SHA-256 over the moment, the columns and the rows in their order."""
        told = json.dumps([as_of, self.head, self.rows], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


def register_list(code: str, label: object, query: str) -> None:
    """Offer a list: `query(area_path, actor, now)` gives its `ListRows` for a territory, of what the actor sees, at most `MOST + 1`."""
    if SOURCES.setdefault(code, (label, query))[1] != query:
        raise ValueError(f"two lists are called {code}")


def label_of(code: str) -> str:
    """A source in words; its code where no room offers it."""
    return str(SOURCES[code][0]) if code in SOURCES else code
