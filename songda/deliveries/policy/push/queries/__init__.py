"""What may be asked of pushes. Other rooms import from here."""

from __future__ import annotations

from songda.deliveries.policy.push.queries.coverage import (
    Cut,
    Table,
    deliveries_cut,
    firms_behind,
    messages_behind,
    tables,
    whole,
)
from songda.deliveries.policy.push.queries.excluded import FirmLine, fates_kept, keep, lines_of, officers_of, page_of_subjects
from songda.deliveries.policy.push.queries.outcome import (
    PushRow,
    Statistics,
    cause_of,
    deliveries_of,
    evidence_for,
    pushes_with_evidence,
    statistics,
)
from songda.deliveries.policy.push.queries.preview import TOPIC, Preview, preview_push, try_push
from songda.deliveries.policy.push.queries.unreached import unreached

__all__ = [
    "TOPIC", "Cut", "FirmLine", "Preview", "PushRow", "Statistics", "Table", "cause_of", "deliveries_cut", "deliveries_of", "evidence_for",
    "fates_kept", "firms_behind", "keep", "lines_of", "messages_behind", "officers_of", "page_of_subjects", "preview_push", "pushes_with_evidence",
    "statistics", "tables", "try_push", "unreached", "whole",
]  # fmt: skip
