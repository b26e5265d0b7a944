"""Changes to facts: what is told, withdrawn, stated to be complete, and frozen."""

from __future__ import annotations

from songda.registry.facts.actions.define_facts import Definition, NewSource, define_facts, define_sources
from songda.registry.facts.actions.record_cells import Written, record_cells
from songda.registry.facts.actions.record_fact import record_fact, withdraw_fact
from songda.registry.facts.actions.reveal_facts import note_revealed, reveal_facts
from songda.registry.facts.actions.state_coverage import Complete, state_coverage
from songda.registry.facts.actions.take_snapshot import take_snapshot

__all__ = [
    "Complete", "Definition", "NewSource", "Written", "define_facts", "define_sources", "note_revealed", "record_cells", "record_fact", "reveal_facts",
    "state_coverage", "take_snapshot", "withdraw_fact",
]  # fmt: skip
