"""Reads of the room."""

from __future__ import annotations

from songda.deliveries.policy.briefings.queries.asking import needs, questions_listed
from songda.deliveries.policy.briefings.queries.explaining import (
    FirmFits,
    Fit,
    MeasureCoverage,
    SectorCoverage,
    by_measure,
    firms_to_explain,
    fits_of,
    interpretation_of,
    interpretations_listed,
    is_stale,
    measures_to_interpret,
    sector_coverage,
)
from songda.deliveries.policy.briefings.queries.letters import (
    MOST_PRINTED,
    TOPIC,
    Outcome,
    audience_of,
    cause_of,
    copies_of,
    outcome_of,
    printed,
    states_by_firm,
    texts_for,
)
from songda.deliveries.policy.briefings.queries.sessions import (
    WAITS,
    Figures,
    attended_of,
    briefings_listed,
    doors_open,
    figures_of,
    own_registrations,
    registered_of,
)

__all__ = [
    "MOST_PRINTED", "TOPIC", "WAITS", "Figures", "FirmFits", "Fit", "MeasureCoverage", "Outcome", "SectorCoverage", "attended_of",
    "audience_of", "briefings_listed", "by_measure", "cause_of", "copies_of", "doors_open", "figures_of", "firms_to_explain", "fits_of",
    "interpretation_of", "interpretations_listed", "is_stale", "measures_to_interpret", "needs", "outcome_of", "own_registrations",
    "printed", "questions_listed", "registered_of", "sector_coverage", "states_by_firm", "texts_for",
]  # fmt: skip
