"""What a person asks for: a push of measures to whom they fit, or of texts to whom a rule picks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

MEASURE, DOCUMENT, ANNOUNCEMENT = "measure_version", "document", "announcement"  # topics of the lines that firms get


@dataclass(frozen=True, slots=True)
class Wanted:
    """A push to be: `versions` (measures), or `documents`, or `title` with `text` (an announcement); where, on which channels.

    `rule` narrows an audience of measures, and makes that of texts (none: all subjects of `kind`; '' for every kind).
    """

    area_path: str
    channels: tuple[str, ...]
    versions: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    title: str = ""
    text: str = ""
    rule: str = ""
    kind: str = ""
    urgent: bool = False
    urgent_reason: str = ""
    request_key: str = ""

    @property
    def topic(self) -> str:
        """What kind of thing it tells about."""
        return MEASURE if self.versions else DOCUMENT if self.documents else ANNOUNCEMENT

    @property
    def digest(self) -> str:
        """SHA-256 of an announcement's words: the same words are the same announcement."""
        return hashlib.sha256(f"{self.title.strip()}\n{self.text.strip()}".encode()).hexdigest()

    @property
    def audience(self) -> tuple[object, ...]:
        """What decides whom it reaches, without its words."""
        return (self.area_path, self.channels, self.versions, self.documents, self.digest, self.rule, self.kind, self.urgent)
