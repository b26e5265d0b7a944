"""The pack's mapping table for tests, in the cast's city, and messages as the other system would send them."""

from __future__ import annotations

from typing import Any

from songda.ledger.cases.tests import ground as cases
from songda.ledger.mirrors import packs
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW, Cast


def lay(cast: Cast) -> None:
    """Kinds, calendar and table; the other systems' matters lie in the cast's zone."""
    cases.lay(kinds=("demand", "task", "external"))
    table = cases.read("mirrors.yaml")
    packs.load([{**table, "systems": [{**one, "area": cast.zone.code} for one in table["systems"]]}], by=system(), now=NOW)


def told(sequence: int, state: str, number: str = "GC-1", **more: Any) -> dict[str, Any]:
    """A message."""
    said = {
        "id": f"m-{sequence}",
        "sequence": sequence,
        "number": number,
        "matter": "SGXK",
        "state": state,
        "title": f"{number}施工许可",
    }
    return {**said, **more}
