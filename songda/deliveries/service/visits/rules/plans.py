"""一企一策 (SVC-08): each open difficulty has at least one line; a closed difficulty marks its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from songda.kernel.words import gettext as _


def uncovered(difficulties: Iterable[int], lines: Iterable[int | None]) -> tuple[int, ...]:
    """The open difficulties (case numbers) that no line of the plan takes up."""
    taken_up = set(lines)
    return tuple(one for one in difficulties if one not in taken_up)


def faults(titles: Iterable[str], *, lines: int, review_on: dt.date | None, today: dt.date) -> tuple[str, ...]:
    """Why a plan cannot be put in force: `titles` are its uncovered difficulties."""
    found = [_("难题“%(title)s”还没有对应的措施。") % {"title": title} for title in titles]
    if not lines:
        found.append(_("方案还没有一条措施。"))
    if review_on is None or review_on <= today:
        found.append(_("复核日期须在今天之后。"))
    return tuple(found)


def is_done(*, ticked: bool, case_open: bool | None) -> bool:
    """Whether a line is done: its difficulty is closed, or it has none and somebody ticked it."""
    return ticked if case_open is None else not case_open
