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
from songda.deliveries.policy.guides.queries.paper import guide_paper, place_of, red_line_paper

__all__ = [
    "Asked",
    "Change",
    "Content",
    "Ground",
    "Handling",
    "Item",
    "Listed",
    "RedLine",
    "changes",
    "contacts_listed",
    "content_of",
    "ground_of",
    "group_named",
    "groups_of_firm",
    "guide_paper",
    "guides_listed",
    "handling_of",
    "industries",
    "is_current",
    "is_subscribed",
    "issued",
    "items_of",
    "place_of",
    "red_line_paper",
    "red_lines_for",
]  # fmt: skip
