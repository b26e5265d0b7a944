"""Messaging platforms 消息平台 in memory: what they took, how often they may be asked, and faults they commit on demand.

They behave as the platforms' documents say: HTTP 200 even for a refusal, `errcode` tells. A message carrying a key already seen (an
idempotency key, a Message-ID, for WeCom the content itself for some hours) is not shown again; the first number is returned.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from songda.kernel import clock

SIGNATURE_LIVES_MS = 3_600_000
MINUTE = 60

# Faults on demand. The first three take the message or not before failing, which the sender cannot tell apart.
FAULTS = ("cut-after", "cut-before", "hang-after", "http-503", "http-429", "errcode")


@dataclass(frozen=True, slots=True)
class Message:
    """One message as people would see it: its number, to whom, the key it came with, its text and the second it came."""

    number: int
    endpoint: str
    to: str
    key: str
    text: str
    at: float = 0.0


@dataclass
class Platform:
    """The state of all platforms; safe to use from several threads.

    `signing` is the shared secret of signatures, applications and mailboxes, `entry` the access token; both are public and protect
    nothing. `limits` says how many messages an endpoint takes within any minute, `per_minute` how many the others take (0: no
    limit). `faults` are committed one a request, in order, then none. Messages to addresses in `bounces` are taken and never
    delivered. With a `journal` file, what was taken outlives the process.
    """

    signing: str = "standin"
    entry: str = "standin-entry"
    per_minute: int = 0
    limits: dict[str, int] = field(default_factory=dict)
    hang_seconds: float = 5.0
    clock: Callable[[], dt.datetime] = clock.now
    journal: Path | None = None
    received: list[Message] = field(default_factory=list)
    bounces: set[str] = field(default_factory=set)
    requests: int = 0
    repeated: int = 0
    refused: int = 0
    faults: deque[str] = field(default_factory=deque)
    _by_key: dict[str, Message] = field(default_factory=dict, repr=False)
    _times: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque), repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        if self.journal is not None and self.journal.exists():
            for line in self.journal.read_text(encoding="utf-8").splitlines():
                self._keep(Message(**json.loads(line)))

    def next_fault(self) -> str:
        """The fault to commit on this request ('' for none)."""
        with self._lock:
            self.requests += 1
            return self.faults.popleft() if self.faults else ""

    def signed_well(self, timestamp: str, sign: str) -> bool:
        """Whether `sign` is the base64 HMAC-SHA256 of 'timestamp\\nsecret', and the timestamp within an hour."""
        return self.is_fresh(timestamp) and hmac.compare_digest(signature(self.signing, timestamp), sign)

    def is_fresh(self, timestamp: str) -> bool:
        """Whether a timestamp in milliseconds is within an hour of the platform's clock."""
        at_ms = int(self.clock().timestamp() * 1000)
        return timestamp.isdigit() and abs(at_ms - int(timestamp)) <= SIGNATURE_LIVES_MS

    def take(self, message: Message, key_lives: float = float("inf")) -> int | None:
        """Take a message and give its number: the first one's where its key was seen within `key_lives` seconds; None where the
        minute is full."""
        at = self.clock().timestamp()
        with self._lock:
            known = self._by_key.get(message.key) if message.key else None
            if known is not None and at - known.at < key_lives:
                self.repeated += 1
                return known.number
            if self._full(message.endpoint, at):
                self.refused += 1
                return None
            taken = Message(len(self.received) + 1, message.endpoint, message.to, message.key, message.text, at)
            self._keep(taken)
            if self.journal is not None:
                with self.journal.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(taken), ensure_ascii=False) + "\n")
            return taken.number

    def by_key(self, key: str) -> Message | None:
        """The message taken with this key."""
        return self._by_key.get(key)

    def numbered(self, number: str) -> Message | None:
        """The message with this number."""
        return self.received[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(self.received) else None

    def report(self) -> dict[str, object]:
        """Everything taken, for /received."""
        with self._lock:
            return {
                "received": [asdict(message) for message in self.received],
                "requests": self.requests,
                "repeated": self.repeated,
                "refused": self.refused,
            }

    def _keep(self, message: Message) -> None:
        self.received.append(message)
        if message.key:
            self._by_key[message.key] = message

    def _full(self, endpoint: str, at: float) -> bool:
        limit, times = self.limits.get(endpoint, self.per_minute), self._times[endpoint]
        while times and times[0] <= at - MINUTE:
            times.popleft()
        if limit and len(times) >= limit:
            return True
        times.append(at)
        return False


def signature(secret: str, timestamp: str) -> str:
    """DingTalk's signature, before any URL quoting (which happens once, in the client)."""
    mac = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


def gateway_signature(secret: str, timestamp: str, path: str, body: bytes) -> str:
    """The signature of a request to the gateway for short messages."""
    return hmac.new(secret.encode(), f"{timestamp}\n{path}\n".encode() + body, hashlib.sha256).hexdigest()
