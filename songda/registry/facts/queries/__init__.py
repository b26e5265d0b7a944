"""Reads of the room: the catalogue, a subject's facts, all subjects' facts as columns, and frozen ones."""

from __future__ import annotations

from songda.registry.facts.queries.catalogue import catalogue, catalogue_digest, definitions, source_named
from songda.registry.facts.queries.changes import Cells, changes
from songda.registry.facts.queries.held import Held, Reach, held
from songda.registry.facts.queries.history import history_in_words, history_of, scale_warning
from songda.registry.facts.queries.snapshots import snapshot_frame, snapshot_path, verified
from songda.registry.facts.queries.values import Printed, facts_of, printed_facts

__all__ = [
    "Cells", "Held", "Printed", "Reach", "catalogue", "catalogue_digest", "changes", "definitions", "facts_of", "held",
    "history_in_words", "history_of", "printed_facts", "scale_warning", "snapshot_frame", "snapshot_path", "source_named",
    "verified",
]  # fmt: skip
