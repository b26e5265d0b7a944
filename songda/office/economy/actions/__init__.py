"""Changes of the room: targets set and taken in; conditions proved, subjects entered into the register."""

from __future__ import annotations

from songda.office.economy.actions.enter_register import (
    NewEntry,
    Proof,
    accept_entry,
    apply_for_entry,
    prove_condition,
    report_entry,
)
from songda.office.economy.actions.import_targets import import_targets
from songda.office.economy.actions.set_target import NewTarget, set_target

__all__ = [
    "NewEntry",
    "NewTarget",
    "Proof",
    "accept_entry",
    "apply_for_entry",
    "import_targets",
    "prove_condition",
    "report_entry",
    "set_target",
]
