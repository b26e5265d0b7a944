"""To programs 事件推送: one signed POST to an address of the list. Only a 2xx answer is a yes; no redirect is followed, no answer read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import httpx
from django.conf import settings

import songda
from songda.kernel import clock, outside
from songda.ledger.notices.actions.channel_calls import LONGEST_REASON, NEVER_LEFT, Plain
from songda.ledger.notices.rules import hooks, signing
from songda.ledger.notices.rules.letters import Letter
from songda.ledger.notices.rules.outcomes import FOR_EVER, Fate, Outcome

GONE = str(int(httpx.codes.GONE))
LONGEST_WAIT = 3600  # seconds that a program may ask us to wait
PATIENCE = httpx.Timeout(8.0, connect=3.0)


@dataclass
class Webhook(Plain):
    """Programs' addresses. The event's number is the key: a repeat bears the same, and the program tells it apart.

    A program that is down says nothing of the others: its calls wait, each for itself, and the channel is never closed for it.
    """

    client: httpx.Client
    hosts: Collection[str]
    loopback: bool = False
    per_minute: int = 0
    takes_key = True
    key_lives = FOR_EVER
    most_attempts = hooks.MOST_ATTEMPTS

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Post the letter's text, signed now. A letter without an address is one that may no longer be sent."""
        fault = letter.title if not letter.to else hooks.fault_of(letter.to, self.hosts, loopback=self.loopback)
        if fault:
            return Outcome(Fate.REFUSED, reason=fault[:LONGEST_REASON])
        body = letter.text.encode()
        signed = signing.headers(letter.signing, letter.key, int(clock.elsewhere(now).timestamp()), body)
        kind = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"Songda/{songda.__version__}"}
        try:
            with self.client.stream("POST", letter.to, content=body, headers={**kind, **signed}) as response:
                return outcome_of(response)
        except NEVER_LEFT as error:
            return Outcome(Fate.NOT_NOW, reason=f"连接不上：{type(error).__name__}")
        except httpx.TransportError as error:
            return Outcome(Fate.AMBIGUOUS, reason=f"已发出但未得到答复：{type(error).__name__}")


def webhook() -> Webhook:
    """The channel as this installation allows it."""
    return Webhook(outside.client(patience=PATIENCE), settings.HOOK_HOSTS, loopback=settings.DEMONSTRATION)


def outcome_of(response: httpx.Response) -> Outcome:
    """What an answer means. Everything but 2xx is tried again, 410 apart."""
    said = f"HTTP {response.status_code}"
    if response.is_success:
        return Outcome(Fate.TAKEN, provider_id=said)
    if response.status_code == httpx.codes.GONE:
        return Outcome(Fate.REFUSED, provider_id=GONE, reason=f"对方答复不再接收（{said}）")
    asked = response.headers.get("Retry-After", "")
    seconds = min(int(asked), LONGEST_WAIT) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    return Outcome(Fate.NOT_NOW, reason=f"对方答复 {said}", wait=dt.timedelta(seconds=seconds) if seconds else None)
