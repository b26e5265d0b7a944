"""Moving a delivery as was decided, unless somebody else had the later word; and the tally of one run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules.outcomes import Move
from songda.ledger.notices.states import DELIVERY

Clock = Callable[[], dt.datetime]


@dataclass(slots=True)
class Sending:
    """How many deliveries took each step in one run."""

    steps: Counter[str] = field(default_factory=Counter)

    @property
    def calls(self) -> int:
        """Calls made."""
        return sum(self.steps[name] for name in ("send", "retry", "fail", "lose", "overtaken"))


def take_step(delivery: NoticeDelivery, step: Move, sending: Sending, now: dt.datetime, provider_id: str) -> None:
    """Take a step of the machine with what belongs to it; Conflict is an answer: somebody else had the later word."""
    changes: dict[str, object] = {"failure": step.reason[:200], "held": step.held}
    if step.step in ("send", "deliver"):
        changes |= {"sent_at": Coalesce("sent_at", Value(now)), "provider_id": provider_id or delivery.provider_id, "asks": 0}
    if step.step == "deliver":
        changes["delivered_at"] = now
    if step.next_at is not None:
        changes["next_at"] = step.next_at
    if step.free:
        changes["attempts"] = F("attempts") - 1
    try:
        move(DELIVERY, delivery, step.step, **changes)
    except Conflict:
        # The person opened the link before the answer came, or this worker was given up as dead.
        sending.steps["overtaken"] += 1
        return
    sending.steps[step.step] += 1
