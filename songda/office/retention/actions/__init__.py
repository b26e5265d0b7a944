"""Changes: holds, purges in the steps of two persons, exports of one firm's data."""

from __future__ import annotations

from songda.office.retention.actions.carry_out import carry_on, keep_lists
from songda.office.retention.actions.decide_purge import approve_purge, reject_purge, withdraw_purge
from songda.office.retention.actions.export_firm import ask_export, exported_file, sweep_exports, write_waiting
from songda.office.retention.actions.place_hold import NewHold, lift_hold, place_hold
from songda.office.retention.actions.propose_purge import propose_purge
from songda.office.retention.actions.redo_purges import redo_purges

__all__ = [
    "NewHold",
    "approve_purge",
    "ask_export",
    "carry_on",
    "exported_file",
    "keep_lists",
    "lift_hold",
    "place_hold",
    "propose_purge",
    "redo_purges",
    "reject_purge",
    "sweep_exports",
    "withdraw_purge",
    "write_waiting",
]
