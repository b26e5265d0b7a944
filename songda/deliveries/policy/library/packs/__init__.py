"""Documents and measures as a pack declares them: documents are read by the reader, measures enter as drafts for two persons."""

from __future__ import annotations

from songda.deliveries.policy.library.packs.documents import load_documents, state_reasons
from songda.deliveries.policy.library.packs.measures import load_measures

__all__ = ["load_documents", "load_measures", "state_reasons"]
