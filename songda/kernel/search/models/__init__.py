"""Entries with their facets, and the index of their terms."""

from __future__ import annotations

from songda.kernel.search.models.entries import Entry, Facet
from songda.kernel.search.models.index import IndexRow

__all__ = ["Entry", "Facet", "IndexRow"]
