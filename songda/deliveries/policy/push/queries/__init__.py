"""What may be asked of pushes. Other rooms import from here."""

from __future__ import annotations

from songda.deliveries.policy.push.queries.outcome import (
    PushRow,
    Statistics,
    cause_of,
    evidence_for,
    pushes_with_evidence,
    statistics,
)
from songda.deliveries.policy.push.queries.preview import TOPIC, Preview, preview_push

__all__ = [
    "TOPIC",
    "Preview",
    "PushRow",
    "Statistics",
    "cause_of",
    "evidence_for",
    "preview_push",
    "pushes_with_evidence",
    "statistics",
]
