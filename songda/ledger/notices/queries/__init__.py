"""What may be asked of notices. Other rooms import from here."""

from __future__ import annotations

from songda.ledger.notices.queries.desk import ChannelNow, channels_now, desk_rows, reasons
from songda.ledger.notices.queries.evidence import Evidence, Row, by_cause, by_day, by_topic, evidence_of, failures, rows_by
from songda.ledger.notices.queries.own import unread
from songda.ledger.notices.queries.plan import Address, Plan, Telling, plan
from songda.ledger.notices.queries.received import notices_of, notices_to, told_topics
from songda.ledger.notices.queries.waiting import (
    Ending,
    Expected,
    can_be_asked,
    expected_end,
    next_release,
    why_waiting,
    whys_waiting,
)

__all__ = [
    "Address",
    "ChannelNow",
    "Ending",
    "Evidence",
    "Expected",
    "Plan",
    "Row",
    "Telling",
    "by_cause",
    "by_day",
    "by_topic",
    "can_be_asked",
    "channels_now",
    "desk_rows",
    "evidence_of",
    "expected_end",
    "failures",
    "next_release",
    "notices_of",
    "notices_to",
    "plan",
    "reasons",
    "rows_by",
    "told_topics",
    "unread",
    "why_waiting",
    "whys_waiting",
]
