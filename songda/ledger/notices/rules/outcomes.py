"""What came of one call to a channel, and what to do next."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

MOST_ATTEMPTS = 6
FIRST_WAIT = dt.timedelta(minutes=1)


class Fate(enum.Enum):
    """The four things a call can end in. AMBIGUOUS: the request went out and no answer came, so nobody knows."""

    TAKEN = "taken"
    NOT_NOW = "not_now"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of a call, the platform's number of the message, why it failed, and how long it asks us to wait."""

    fate: Fate
    provider_id: str = ""
    reason: str = ""
    wait: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the delivery machine (`send`, `retry`, `fail`, `lose`) and when to try again, if it is `retry`."""

    step: str
    reason: str = ""
    next_at: dt.datetime | None = None


def after(outcome: Outcome, *, attempts: int, takes_key: bool, now: dt.datetime) -> Move:
    """What to do with a delivery after its `attempts`-th call.

    An ambiguous call is repeated by itself only where the channel takes a key, so that a repeat cannot be shown twice;
    elsewhere the delivery is unknown and waits for a person. Waits double: 1, 2, 4, 8, 16 minutes, then it has failed.
    """
    if outcome.fate is Fate.TAKEN:
        return Move("send")
    if outcome.fate is Fate.REFUSED:
        return Move("fail", outcome.reason)
    if outcome.fate is Fate.AMBIGUOUS and not takes_key:
        return Move("lose", outcome.reason)
    if attempts >= MOST_ATTEMPTS:
        return Move("lose" if outcome.fate is Fate.AMBIGUOUS else "fail", outcome.reason)
    return Move("retry", outcome.reason, now + (FIRST_WAIT * 2 ** (attempts - 1) if outcome.wait is None else outcome.wait))


def after_lost_worker(*, attempts: int, takes_key: bool, now: dt.datetime) -> Move:
    """What to do with a delivery left `sending` by a worker that died: nobody knows, so it is an ambiguous call."""
    lost = Outcome(Fate.AMBIGUOUS, reason="发送进程中断，未得到平台答复", wait=dt.timedelta(0))
    return after(lost, attempts=attempts, takes_key=takes_key, now=now)
