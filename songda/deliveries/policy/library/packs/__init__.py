"""What a pack declares: documents are read by the reader; measures and implementing rules enter as drafts for two persons."""

from __future__ import annotations

from songda.deliveries.policy.library.packs.contacts import load_contacts
from songda.deliveries.policy.library.packs.documents import load_documents, state_reasons
from songda.deliveries.policy.library.packs.implementing import load_rules
from songda.deliveries.policy.library.packs.measures import load_measures

__all__ = ["load_contacts", "load_documents", "load_measures", "load_rules", "state_reasons"]
