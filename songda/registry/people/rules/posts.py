"""Who may hold which post, where it sits, and on which days it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from songda.kernel.words import gettext as _
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import ADMINISTRATORS, Role


@dataclass(frozen=True, slots=True)
class Ruling:
    """Allowed or not, and why not."""

    allowed: bool
    reason: str = ""


ALLOWED = Ruling(allowed=True)


def may_hold(held: Collection[str], role: str) -> Ruling:
    """Whether a person who holds these roles now may also hold `role`: an administrator 三员 holds nothing else."""
    kept = [Role(other).label for other in held if other in ADMINISTRATORS]
    if kept:
        return Ruling(allowed=False, reason=_("已任“%(kept)s”，三员不得兼任其他岗位。") % {"kept": kept[0]})
    if role in ADMINISTRATORS and held:
        return Ruling(allowed=False, reason=_("已有其他岗位，不得再任“%(role)s”。") % {"role": Role(role).label})
    return ALLOWED


def sits_at(role: str, *, organisation: bool, subject: bool) -> Ruling:
    """Whether a role may sit there: firm roles at exactly one firm, all others at exactly one organisation."""
    if Role(role) in FIRM_ROLES:
        if subject and not organisation:
            return ALLOWED
        return Ruling(allowed=False, reason=_("“%(role)s”须设在一家企业。") % {"role": Role(role).label})
    if organisation and not subject:
        return ALLOWED
    return Ruling(allowed=False, reason=_("“%(role)s”须设在一个机构。") % {"role": Role(role).label})


def holds_on(starts_on: dt.date, ends_on: dt.date | None, on: dt.date) -> bool:
    """Whether a post (or an assignment) holds on a day: from its first day, its last day not included."""
    return starts_on <= on and (ends_on is None or on < ends_on)


def may_take_firms(role: str) -> Ruling:
    """Whether a post of this role may be the one accountable for firms."""
    if Role(role) in (Role.SERVICE_OFFICER, Role.LEADER, Role.DEPARTMENT_LEAD):
        return ALLOWED
    return Ruling(allowed=False, reason=_("“%(role)s”不承担包联。") % {"role": Role(role).label})
