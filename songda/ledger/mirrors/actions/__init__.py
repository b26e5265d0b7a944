"""Changes of the room: keep messages, apply them in their order, ask the other systems."""

from __future__ import annotations

from songda.ledger.mirrors.actions.apply_message import apply_message, apply_waiting, try_again
from songda.ledger.mirrors.actions.pull_day import pull_day
from songda.ledger.mirrors.actions.receive_messages import Received, receive_messages

__all__ = ["Received", "apply_message", "apply_waiting", "pull_day", "receive_messages", "try_again"]
