"""A channel that needs no network, and letters to send: real rows, a recorded outside world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.rules.letters import Letter, Line, Sent, Told
from songda.ledger.notices.rules.outcomes import FOR_EVER, MOST_ATTEMPTS, Fate, Look, Outcome, Sight
from songda.ledger.notices.states import Lane
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import NOW, SINCE
from songda.registry.subjects.models import Subject

TAKEN = Outcome(Fate.TAKEN, provider_id="1")


@dataclass
class Postman:
    """Takes letters and answers as told; after the answers given, everything is taken."""

    takes_key: bool = True
    per_minute: int = 0
    key_lives: dt.timedelta = FOR_EVER
    can_be_asked: bool = False
    receipts: bool = False
    most_attempts: int = MOST_ATTEMPTS
    sights: list[Look] = field(default_factory=list)
    answers: list[Outcome] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    on_send: Callable[[Letter], None] = lambda letter: None

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        self.on_send(letter)
        self.letters.append(letter)
        return self.answers.pop(0) if self.answers else TAKEN

    def look(self, sent: Sent, *, now: dt.datetime) -> Look:
        return self.sights.pop(0) if self.sights else Look(Sight.SILENT)


def reachable(subject: Subject, channel: str = "dingtalk", address: str = "u1") -> Contact:
    return Contact.objects.create(subject=subject, channel=channel, address=address, starts_on=SINCE)


def told(subject: Subject, *topics: int, lane: Lane = Lane.BULK) -> Told:
    lines = tuple(Line(topic, f"措施{topic}", "用工人数 60人 ≥ 50人") for topic in topics)
    return Told(subject.pk, subject.area_path, lines, lane)


def tell(*rows: Told, cause: str = "push:1", channels: tuple[str, ...] = ("dingtalk",), now: dt.datetime = NOW):
    return notify_many(cause, rows, title="政策送达", topic="measure_version", channels=channels, now=now)
