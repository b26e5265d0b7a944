"""The panel of a firm: the policy texts it has signed for, and those that wait for it."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.receipts.models import Recipient
from songda.deliveries.policy.receipts.queries.lists import proven, receipts_of
from songda.ledger.panels import Rendered
from songda.registry.actors import Actor

SHOWN = 20


def receipts_panel(subject_id: int, actor: Actor, _now: dt.datetime) -> Rendered | None:
    """What `ledger.panels` shows; nothing where there is nothing."""
    if not (actor.may("firm.read") or actor.may("push.see")):
        return None
    waiting = Recipient.objects.filter(~proven(), subject_id=subject_id, handout__state="open").select_related("handout")
    given = {"receipts": list(receipts_of(subject_id)[:SHOWN]), "waiting": list(waiting.order_by("-handout_id")[:SHOWN])}
    return ("policy_receipts/panel.html", given) if any(given.values()) else None
