"""Printing, after an edition is published."""

from __future__ import annotations

from songda.deliveries.policy.compendium import actions
from songda.kernel import clock
from songda.kernel.jobs import job


@job("compendium.print")
def print_books(edition_id: int) -> int:
    """Print the books of an edition; how many. A second run prints nothing twice."""
    return actions.print_edition(edition_id, now=clock.now())
