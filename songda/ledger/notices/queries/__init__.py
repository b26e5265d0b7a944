"""What may be asked of notices. Other rooms import from here."""

from __future__ import annotations

from songda.ledger.notices.queries.evidence import Evidence, Row, by_cause, by_day, by_topic, evidence_of, failures, rows_by
from songda.ledger.notices.queries.plan import Address, Plan, Telling, plan
from songda.ledger.notices.queries.received import notices_of, notices_to, told_topics
from songda.ledger.notices.queries.waiting import Ending, Expected, expected_end, why_waiting

__all__ = [
    "Address",
    "Ending",
    "Evidence",
    "Expected",
    "Plan",
    "Row",
    "Telling",
    "by_cause",
    "by_day",
    "by_topic",
    "evidence_of",
    "expected_end",
    "failures",
    "notices_of",
    "notices_to",
    "plan",
    "rows_by",
    "told_topics",
    "why_waiting",
]
