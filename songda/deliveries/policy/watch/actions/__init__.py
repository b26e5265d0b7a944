"""What may be done in the room."""

from __future__ import annotations

from songda.deliveries.policy.watch.actions.receive_arrival import (
    NewArrival,
    Text,
    link_document,
    read_arrival,
    receive_arrival,
    resume,
    set_aside,
)
from songda.deliveries.policy.watch.actions.run_bid import (
    NewBid,
    Result,
    decide_bid,
    give_up,
    plan_bid,
    submit_bid,
    tick_paper,
)
from songda.deliveries.policy.watch.actions.summarise_arrival import hand_on, notice_push, record_push, summarise_arrival
from songda.deliveries.policy.watch.actions.sweep import Swept, acknowledge, sweep

__all__ = [
    "NewArrival", "NewBid", "Result", "Swept", "Text", "acknowledge", "decide_bid", "give_up", "hand_on", "link_document",
    "notice_push", "plan_bid", "read_arrival", "receive_arrival", "record_push", "resume", "set_aside", "submit_bid",
    "summarise_arrival", "sweep", "tick_paper",
]  # fmt: skip
