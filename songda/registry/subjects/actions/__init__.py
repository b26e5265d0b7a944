"""Changes to the register of subjects."""

from __future__ import annotations

from songda.registry.subjects.actions.merge_subjects import merge_subjects, undo_merge
from songda.registry.subjects.actions.place_in_park import leave_park, place_in_park
from songda.registry.subjects.actions.register_subject import NewSubject, register_subject
from songda.registry.subjects.actions.rename_subject import add_alias, rename_subject

__all__ = [
    "NewSubject", "add_alias", "leave_park", "merge_subjects", "place_in_park", "register_subject", "rename_subject", "undo_merge",
]  # fmt: skip
