"""What may be asked of matches. Other rooms import from here."""

from __future__ import annotations

from songda.deliveries.policy.matching.queries.audience import Audience, audience
from songda.deliveries.policy.matching.queries.firms import FirmRow, rows_about, undecided_subjects
from songda.deliveries.policy.matching.queries.panel import Standing, settling, standing_of
from songda.deliveries.policy.matching.queries.reach import fitting_rows, presently_fitting
from songda.deliveries.policy.matching.queries.reasons import reasons_for
from songda.deliveries.policy.matching.queries.sifting import Sifted, missing_for, read_rule, sift, standing_in
from songda.deliveries.policy.matching.queries.verdicts import FirmVerdict, judged, verdict_for, verdicts_for
from songda.deliveries.policy.matching.queries.whatif import Trial, what_if

__all__ = [
    "Audience",
    "FirmRow",
    "FirmVerdict",
    "Sifted",
    "Standing",
    "Trial",
    "audience",
    "fitting_rows",
    "judged",
    "missing_for",
    "presently_fitting",
    "read_rule",
    "reasons_for",
    "rows_about",
    "settling",
    "sift",
    "standing_in",
    "standing_of",
    "undecided_subjects",
    "verdict_for",
    "verdicts_for",
    "what_if",
]
