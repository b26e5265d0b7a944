"""Changes of the room: a file is checked, taken or given up."""

from __future__ import annotations

from songda.registry.intake.actions.check_roster import check_roster, refuse_roster
from songda.registry.intake.actions.return_rows import write_template
from songda.registry.intake.actions.take_roster import take_roster

__all__ = ["check_roster", "refuse_roster", "take_roster", "write_template"]
