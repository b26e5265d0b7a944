"""Letters 消息: what a channel is given to send, and how its text is put together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told: the topic's number (a measure version), what, and why this firm is told it."""

    topic_id: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one subject is to be told. `area_path` is the subject's."""

    subject_id: int
    area_path: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message ready for a channel: address, idempotency key, title, text and the signed link."""

    to: str
    key: str
    title: str
    text: str
    link: str


def key_of(cause: str, subject_id: int, contact_id: int) -> str:
    """The idempotency key of a delivery: the same however often the push is retried. 40 hexadecimal digits."""
    return hashlib.sha256(f"{cause}\n{subject_id}\n{contact_id}".encode()).hexdigest()[:40]


def digest_of(title: str, lines: Sequence[Line]) -> str:
    """The digest of what a subject is told, kept with the notice."""
    parts = [title, *(f"{line.topic_id}\t{line.text}\t{line.reason}" for line in lines)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def text_of(name: str, lines: Sequence[str], *, demonstration: bool) -> str:
    """The text of a message to the firm called `name`; a long list is cut and its length said."""
    shown = [f"{place}. {line}" for place, line in enumerate(lines[:LINES_SHOWN], start=1)]
    rest = [f"……共{len(lines)}项，详见链接"] if len(lines) > LINES_SHOWN else []
    head = f"{'【演示】' if demonstration else ''}{name}："
    return "\n".join([head, *shown, *rest])
