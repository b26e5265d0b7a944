"""Changes of guides: issue, mark what is stale, subscribe, ask through a contact card."""

from __future__ import annotations

from songda.deliveries.policy.guides.actions.ask_through_card import Question, ask_through_card
from songda.deliveries.policy.guides.actions.issue_guide import issue_guide, note_stale
from songda.deliveries.policy.guides.actions.subscribe import subscribe, unsubscribe

__all__ = ["Question", "ask_through_card", "issue_guide", "note_stale", "subscribe", "unsubscribe"]
