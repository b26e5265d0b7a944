"""A messaging platform 消息平台 in memory: what it took, how often it may be asked, and faults it commits on demand.

It behaves as DingTalk's documents say: HTTP 200 even for a refusal, `errcode` tells (0 taken, 310000 wrong signature,
130101 too fast, 40035 wrong content). One thing is added for gateways that offer it: a message carrying an idempotency key
already seen is not shown again, the first message's number is returned.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from collections import deque
from dataclasses import asdict, dataclass, field

TAKEN = 0
BUSY = -1
WRONG_SIGNATURE = 310000
TOO_FAST = 130101
WRONG_CONTENT = 40035
SIGNATURE_LIVES_MS = 3_600_000

# Faults on demand. The first three take the message or not before failing, which the sender cannot tell apart.
FAULTS = ("cut-after", "cut-before", "hang-after", "http-503", "http-429", "errcode")


@dataclass(frozen=True, slots=True)
class Message:
    """One message as people would see it: its number, to whom, the key it came with and its text."""

    number: int
    endpoint: str
    to: str
    key: str
    text: str


@dataclass
class Platform:
    """The platform's whole state; safe to use from several threads.

    `signing` is the shared secret of signatures and of the application, `entry` the access token; both are public and protect
    nothing. `per_minute` 0 means no limit. `faults` are committed one a request, in order, then none.
    """

    signing: str = "standin"
    entry: str = "standin-entry"
    per_minute: int = 0
    received: list[Message] = field(default_factory=list)
    requests: int = 0
    repeated: int = 0
    faults: deque[str] = field(default_factory=deque)
    _numbers: dict[str, int] = field(default_factory=dict, repr=False)
    _times: deque[float] = field(default_factory=deque, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def next_fault(self) -> str:
        """The fault to commit on this request ('' for none)."""
        with self._lock:
            self.requests += 1
            return self.faults.popleft() if self.faults else ""

    def signed_well(self, timestamp: str, sign: str, at_ms: int) -> bool:
        """Whether `sign` is the base64 HMAC-SHA256 of 'timestamp\\nsecret', and the timestamp within an hour."""
        fresh = timestamp.isdigit() and abs(at_ms - int(timestamp)) <= SIGNATURE_LIVES_MS
        return fresh and hmac.compare_digest(signature(self.signing, timestamp), sign)

    def take(self, message: Message, at: float) -> dict[str, object]:
        """Take a message at second `at`, or refuse it: a known key gives the first number, a full minute 130101."""
        with self._lock:
            if message.key in self._numbers:
                self.repeated += 1
                return {"errcode": TAKEN, "errmsg": "ok", "task_id": self._numbers[message.key]}
            if self._full(at):
                return {"errcode": TOO_FAST, "errmsg": "send too fast"}
            number = len(self.received) + 1
            self.received.append(Message(number, message.endpoint, message.to, message.key, message.text))
            if message.key:
                self._numbers[message.key] = number
            return {"errcode": TAKEN, "errmsg": "ok", "task_id": number}

    def report(self) -> dict[str, object]:
        """Everything taken, for /received."""
        with self._lock:
            messages = [asdict(message) for message in self.received]
            return {"requests": self.requests, "repeated": self.repeated, "received": messages}

    def _full(self, at: float) -> bool:
        while self._times and self._times[0] <= at - 60:
            self._times.popleft()
        if self.per_minute and len(self._times) >= self.per_minute:
            return True
        self._times.append(at)
        return False


def signature(secret: str, timestamp: str) -> str:
    """DingTalk's signature, before any URL quoting (which happens once, in the client)."""
    mac = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()
