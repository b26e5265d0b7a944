"""The contents of an edition 目录: which policies stand under which category, each printed once, and a digest of it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """A category with the ordinals of its policies; `first`: those whose text is printed here, in the first category they are in."""

    code: str
    label: str
    ordinals: tuple[int, ...]
    first: tuple[int, ...]


def in_order(filed: Mapping[int, Sequence[str]], categories: Sequence[str], sort: Mapping[int, tuple[object, ...]]) -> list[int]:
    """Keys of policies (key → categories) as the book prints them: by first category, then as `sort` says."""
    place = {code: at for at, code in enumerate(categories)}
    return sorted(
        filed, key=lambda key: (min((place.get(code, len(place)) for code in filed[key]), default=len(place)), sort[key])
    )


def chapters(filings: Iterable[tuple[int, str, str, int]]) -> list[Chapter]:
    """Chapters of (category's place, code, label, ordinal of a policy), in the order of the categories."""
    held: dict[tuple[int, str, str], list[int]] = {}
    first: dict[int, int] = {}
    for place, code, label, ordinal in sorted(filings):
        held.setdefault((place, code, label), []).append(ordinal)
        first.setdefault(ordinal, place)
    return [
        Chapter(code, label, tuple(ordinals), tuple(one for one in ordinals if first[one] == place))
        for (place, code, label), ordinals in held.items()
    ]


def digest_of(rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 of rows of plain values, whatever their order."""
    lines = sorted(json.dumps([str(value) for value in row], ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
