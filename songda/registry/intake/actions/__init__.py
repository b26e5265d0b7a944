"""Changes of the room: a file is checked, taken or given up."""

from __future__ import annotations

from songda.registry.intake.actions.check_roster import check_roster, refuse_roster
from songda.registry.intake.actions.import_officers import Taken, import_officers, write_officers_template, write_slips
from songda.registry.intake.actions.keep_officers import drop_officers, keep_officers
from songda.registry.intake.actions.return_rows import write_template
from songda.registry.intake.actions.take_roster import take_roster

__all__ = [
    "Taken",
    "check_roster",
    "drop_officers",
    "import_officers",
    "keep_officers",
    "refuse_roster",
    "take_roster",
    "write_officers_template",
    "write_slips",
    "write_template",
]
