"""What others read here: pieces in sight, a piece with its numbers, what was corrected since, the differences of two editions."""

from __future__ import annotations

from songda.office.bulletins.queries.editions import Correction, corrections_of, differences_of, reproduces
from songda.office.bulletins.queries.listing import Wanted, fitting, series_in, templates_in_force, units_in
from songda.office.bulletins.queries.manuscripts import Reading, faults_in, manuscript_of, reading_of

__all__ = [
    "Correction",
    "Reading",
    "Wanted",
    "corrections_of",
    "differences_of",
    "faults_in",
    "fitting",
    "manuscript_of",
    "reading_of",
    "reproduces",
    "series_in",
    "templates_in_force",
    "units_in",
]
