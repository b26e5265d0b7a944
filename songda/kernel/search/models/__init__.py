"""Entries with their texts, and the index of their terms."""

from __future__ import annotations

from songda.kernel.search.models.entries import Body, Entry
from songda.kernel.search.models.index import IndexRow

__all__ = ["Body", "Entry", "IndexRow"]
