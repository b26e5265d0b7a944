"""The same problem again 举一反三: when cases are put to the dispatcher as one problem."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from songda.kernel.words import gettext as _

WITHIN = dt.timedelta(days=30)
AGAIN = 2  # cases of one firm
FIRMS = 3  # firms


@dataclass(frozen=True, slots=True)
class Instance:
    """A case as grouping sees it."""

    case_id: int
    subject_id: int | None
    area: str
    category: str
    opened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cases that may be one problem, and why."""

    category: str
    area: str
    case_ids: tuple[int, ...]
    firms: int
    reason: str


def proposals(instances: Iterable[Instance], now: dt.datetime) -> list[Proposal]:
    """One proposal a category and area, most firms first: at least `FIRMS` firms, or one firm `AGAIN` times, within `WITHIN`."""
    found: defaultdict[tuple[str, str], list[Instance]] = defaultdict(list)
    for one in instances:
        if one.category and now - one.opened_at <= WITHIN:
            found[one.category, one.area].append(one)
    made = (_proposal(category, area, ones) for (category, area), ones in found.items())
    return sorted((one for one in made if one is not None), key=lambda one: (-one.firms, -len(one.case_ids), one.category))


def _proposal(category: str, area: str, ones: list[Instance]) -> Proposal | None:
    firms = {one.subject_id for one in ones}
    often = [firm for firm in firms if sum(one.subject_id == firm for one in ones) >= AGAIN]
    if len(firms) >= FIRMS:
        reason = _("%(days)d 天内 %(firms)d 家企业提出同类问题") % {"days": WITHIN.days, "firms": len(firms)}
    elif often:
        ones = [one for one in ones if one.subject_id in often]
        reason = _("同一企业 %(days)d 天内再次提出同类问题") % {"days": WITHIN.days}
    else:
        return None
    return Proposal(category, area, tuple(sorted(one.case_id for one in ones)), len({one.subject_id for one in ones}), reason)
