"""What came of one call to a channel, or of one look at a message sent before, and what to do next."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

MOST_ATTEMPTS = 6
MOST_ASKS = 8
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(minutes=16)
FOR_EVER = dt.timedelta(days=3650)


class Fate(enum.Enum):
    """What a call can end in. HOLD: the platform takes nothing now, from nobody, and took nothing.

    AMBIGUOUS: the request went out and no answer came, so nobody knows.
    """

    TAKEN = "taken"
    NOT_NOW = "not_now"
    HOLD = "hold"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of a call, the platform's number of the message, why it failed, and how long it asks us to wait."""

    fate: Fate
    provider_id: str = ""
    reason: str = ""
    wait: dt.timedelta | None = None


class Sight(enum.Enum):
    """What a platform says of a message: it never got it, has it, brought it, could not bring it, or does not say."""

    ABSENT = "absent"
    TAKEN = "taken"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Look:
    """The answer to one question about a message."""

    sight: Sight
    provider_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What may be relied on with a channel: for how long a repeat with the same key is shown once (zero: not at all), whether the
    platform, asked by key, says if it has a message; and how often it is tried."""

    key_lives: dt.timedelta = dt.timedelta(0)
    can_be_asked: bool = False
    most_attempts: int = MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the delivery machine and when to look at the row again; `held` says what for. `free` forgets the attempt."""

    step: str
    reason: str = ""
    next_at: dt.datetime | None = None
    held: str = ""
    free: bool = False


def after(outcome: Outcome, promise: Promise, *, attempts: int, now: dt.datetime) -> Move:
    """What to do with a delivery after its `attempts`-th call.

    An ambiguous call is repeated by itself only where the key makes a repeat invisible; where the platform can be asked, it is;
    elsewhere the delivery is unknown and waits for a person. Waits double: 1, 2, 4, 8, 16 minutes, then (where the channel does not promise
    more attempts) it has failed. A platform
    that takes nothing from anybody uses up no attempt.
    """
    if outcome.fate is Fate.TAKEN:
        return Move("send")
    if outcome.fate is Fate.REFUSED:
        return Move("fail", outcome.reason)
    if outcome.fate is Fate.HOLD:
        return Move("retry", outcome.reason, now, "retry", free=True)  # the channel is closed for a while, not the row
    if outcome.fate is Fate.AMBIGUOUS and not (promise.key_lives and attempts < promise.most_attempts):
        return _lost(outcome.reason, promise, now)
    if attempts >= promise.most_attempts:
        return Move("fail", outcome.reason)
    wait = FIRST_WAIT * 2 ** (attempts - 1) if outcome.wait is None else outcome.wait
    return Move("retry", outcome.reason, now + wait, "doubt" if outcome.fate is Fate.AMBIGUOUS else "retry")


def after_lost_worker(promise: Promise, *, begun_at: dt.datetime, attempts: int, now: dt.datetime) -> Move:
    """What to do with a delivery left `sending` by a worker that died: nobody knows, so it is an ambiguous call.

    After the life of its key a repeat might be shown: then it is unknown. While the key lives it is never given up, however many
    workers died with it, but put behind the others: 1, 2, 4, 8, 16 minutes.
    """
    reason = "发送进程中断，未得到平台答复"
    if now - begun_at >= promise.key_lives:
        return _lost(reason, promise, now)
    return Move("retry", reason, now + min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_PAUSE), "doubt")


def after_look(look: Look, *, unknown: bool, now: dt.datetime) -> Move | None:
    """What a look at a message that is unknown, or sent and without a receipt, leads to; None: look again at `next_look`."""
    if look.sight is Sight.DELIVERED:
        return Move("deliver")
    if look.sight is Sight.BOUNCED:
        return Move("fail" if unknown else "bounce", look.reason)
    if not unknown:
        return None
    if look.sight is Sight.ABSENT:
        return Move("return", "平台答复未收到，重新发送", now, "retry")
    return Move("send") if look.sight is Sight.TAKEN else None


def next_look(asks: int, now: dt.datetime) -> dt.datetime:
    """When to look again after so many looks: 2, 4, 8 … 512 minutes, three days at the most altogether."""
    return now + FIRST_WAIT * (2 << asks)


def pause(troubles: int, outcome: Outcome) -> dt.timedelta:
    """How long a whole channel is left alone: as long as its platform asks, else 1, 2, 4, 8, 16 minutes."""
    return min(FIRST_WAIT * 2**troubles, LONGEST_PAUSE) if outcome.wait is None else outcome.wait


def _lost(reason: str, promise: Promise, now: dt.datetime) -> Move:
    if promise.can_be_asked:
        return Move("lose", reason, next_look(0, now), "ask")
    return Move("lose", reason)
