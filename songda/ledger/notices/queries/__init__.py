"""What may be asked of notices. Other rooms import from here."""

from __future__ import annotations

from songda.ledger.notices.queries.evidence import Evidence, by_cause, by_day, by_topic, evidence_of, failures
from songda.ledger.notices.queries.plan import Address, Plan, Telling, plan
from songda.ledger.notices.queries.received import notices_of, notices_to, told_topics

__all__ = [
    "Address",
    "Evidence",
    "Plan",
    "Telling",
    "by_cause",
    "by_day",
    "by_topic",
    "evidence_of",
    "failures",
    "notices_of",
    "notices_to",
    "plan",
    "told_topics",
]
