"""Verbs of the compendium: draft an edition, take in and leave out, publish, withdraw, print."""

from __future__ import annotations

from songda.deliveries.policy.compendium.actions.draft_edition import draft_edition, gather_documents, leave_out
from songda.deliveries.policy.compendium.actions.print_edition import print_edition, print_waiting
from songda.deliveries.policy.compendium.actions.publish_edition import publish_edition, withdraw_edition

__all__ = [
    "draft_edition",
    "gather_documents",
    "leave_out",
    "print_edition",
    "print_waiting",
    "publish_edition",
    "withdraw_edition",
]
