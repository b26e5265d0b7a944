"""The table of holdings by code, and which tables stand in it."""

from __future__ import annotations

from typing import Final

from songda.office.retention.rules.holdings import Holding
from songda.office.retention.rules.kept import KEPT
from songda.office.retention.rules.purged import PURGED

HOLDINGS: Final = {one.code: one for one in (*PURGED, *KEPT)}


def ends(holding: Holding) -> bool:
    """Whether its records can come to an end at all."""
    return bool(holding.since)


def tables_held() -> frozenset[str]:
    """The labels of all tables that belong to a holding."""
    return frozenset(table for holding in HOLDINGS.values() for table in holding.tables)
