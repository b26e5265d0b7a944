"""What a role may do, who may hold which, how long a post holds, what a password must be. No Django here."""

from __future__ import annotations

from songda.registry.people.rules.matrix import ASSIGNED_ONLY, PERMISSIONS
from songda.registry.people.rules.passwords import password_faults
from songda.registry.people.rules.posts import Ruling, holds_on, may_hold, sits_at

__all__ = ["ASSIGNED_ONLY", "PERMISSIONS", "Ruling", "holds_on", "may_hold", "password_faults", "sits_at"]
