"""Areas at a level a person can read: streets while they are few, districts when they are many."""

from __future__ import annotations

from collections.abc import Collection

MOST_AREAS = 30


def level_of(paths: Collection[str], most: int = MOST_AREAS) -> int:
    """How many segments of the paths to keep so that at most `most` areas remain (at least one segment)."""
    level = max((path.count("/") for path in paths), default=1)
    while level > 1 and len({cut(path, level) for path in paths}) > most:
        level -= 1
    return level


def cut(path: str, level: int) -> str:
    """The area `level` segments deep that holds this one: cut('4101/72/003/', 2) is '4101/72/'."""
    return "".join(f"{part}/" for part in path.split("/")[:level] if part)
