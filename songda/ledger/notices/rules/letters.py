"""Letters 消息: what a channel is given to send, and how its text is put together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from songda.ledger.notices.states import Lane

LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told: the topic's number (a measure version), what, and why this firm is told it."""

    topic_id: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one subject is to be told, and in which lane. `area_path` is the subject's."""

    subject_id: int
    area_path: str
    lines: tuple[Line, ...]
    lane: Lane = Lane.BULK


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to tell posts or groups: it is told once per (`topic`, `topic_id`) and recipient.

    `link` is the page of this installation where it is dealt with ('/cases/12/'). `cause` joins the notice to a push ('push:12');
    without one it is the topic with its number.
    """

    title: str
    text: str
    topic: str
    topic_id: int
    link: str = ""
    urgent: bool = False
    cause: str = ""

    @property
    def came_from(self) -> str:
        """The notice's cause."""
        return self.cause or f"{self.topic}:{self.topic_id}"

    @property
    def lane(self) -> Lane:
        """Work for a post is no mass mailing: it stands before the bulk either way."""
        return Lane.URGENT if self.urgent else Lane.REPLY


@dataclass(frozen=True, slots=True)
class Letter:
    """One message ready for a channel: address, idempotency key, title, text and the link. `signing`: a program's secrets."""

    to: str
    key: str
    title: str
    text: str
    link: str
    signing: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter sent before, as its platform can be asked about it: our key, the platform's number, the address."""

    key: str
    provider_id: str
    to: str


def key_of(cause: str, recipient: int | str, contact_id: int) -> str:
    """The idempotency key of a delivery: the same however often the push is retried. 40 hexadecimal digits.

    `recipient` is the subject's number, or 'post:7', 'group:2'; `contact_id` 0 where there is no contact.
    """
    return hashlib.sha256(f"{cause}\n{recipient}\n{contact_id}".encode()).hexdigest()[:40]


def digest_of(title: str, lines: Sequence[Line]) -> str:
    """The digest of what a recipient is told, kept with the notice."""
    parts = [title, *(f"{line.topic_id}\t{line.text}\t{line.reason}" for line in lines)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def text_of(name: str, lines: Sequence[str], *, demonstration: bool) -> str:
    """The text of a message to `name`; a long list is cut and its length said."""
    shown = [f"{place}. {line}" for place, line in enumerate(lines[:LINES_SHOWN], start=1)]
    rest = [f"……共{len(lines)}项，详见链接"] if len(lines) > LINES_SHOWN else []
    head = f"{'【演示】' if demonstration else ''}{name}："
    return "\n".join([head, *shown, *rest])
