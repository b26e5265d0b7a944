"""Reads of the compendium: an edition's contents, its book as a document tree, the funnel from policies to rules."""

from __future__ import annotations

from songda.deliveries.policy.compendium.queries.book import LAYOUT, paper_of
from songda.deliveries.policy.compendium.queries.editions import (
    Shelf,
    contents_of,
    digest_of_edition,
    entry_in,
    is_unchanged,
    text_of_entry,
)
from songda.deliveries.policy.compendium.queries.funnel import Funnel, funnel

__all__ = [
    "LAYOUT",
    "Funnel",
    "Shelf",
    "contents_of",
    "digest_of_edition",
    "entry_in",
    "funnel",
    "is_unchanged",
    "paper_of",
    "text_of_entry",
]
