"""Reads of guides."""

from __future__ import annotations

from songda.deliveries.policy.guides.queries.contents import (
    Content,
    Ground,
    Item,
    content_of,
    ground_of,
    industries,
    is_current,
    issued,
    items_of,
)
from songda.deliveries.policy.guides.queries.differences import Change, changes
from songda.deliveries.policy.guides.queries.green import Handling, handling_of
from songda.deliveries.policy.guides.queries.lists import (
    Asked,
    Listed,
    RedLine,
    contacts_listed,
    group_named,
    groups_of_firm,
    guides_listed,
    is_subscribed,
    red_lines_for,
)

__all__ = [
    "Asked", "Change", "Content", "Ground", "Handling", "Item", "Listed", "RedLine", "changes", "contacts_listed", "content_of",
    "ground_of", "group_named", "groups_of_firm", "guides_listed", "handling_of", "industries", "is_current", "is_subscribed", "issued",
    "items_of", "red_lines_for",
]  # fmt: skip
