"""Who works again since when, and with how many people: the resumption sheets of the invented city.

Where a text counts the people of a whole register, they are shared out so that its rows add up to that count: in proportion to what
was drawn, in whole heads. Nothing else here knows a printed figure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from songda.portal.demo.columns import Sheet
from songda.portal.demo.days import TODAY, WEEK
from songda.portal.demo.economy import Economy, Flags, Ints, Texts

SITES_OPEN = dt.date(2020, 2, 25)  # building sites, by the city's order
SITES_DAYS = 20
SITES_SHEET = dt.date(2020, 3, 16)  # the last sheet of the sites
KNOWN = 0.75  # how often a firm's sheet tells its people


@dataclass(frozen=True, slots=True)
class People:
    """What a text says of the people of a register: whose are all back, how many are due, how many are there."""

    full: str = ""
    due: int | None = None
    present: int | None = None


NOBODY = People()


def put_states(sheet: Sheet, state: Texts, opened: Ints, resumed: Flags) -> None:
    """The state of today, and of whoever works again also from the day it opened."""
    sheet.put("resumption", state, source="resumption", day=TODAY)
    sheet.put("resumption", "resumed", source="resumption", day=opened, where=resumed & (opened < TODAY.toordinal()))


def put_people(sheet: Sheet, people: People, resumed: Flags, truth: Economy, back: Ints) -> None:
    """People due and people back of firms; who tells the one tells the other, in the same sheet or the week's before."""
    if people.full:
        back = np.where(truth.above | (people.full == "all"), truth.staff, back)
    due_told = sheet.chance(KNOWN * sheet.quality) & resumed
    back_told = sheet.chance(KNOWN * sheet.quality) & resumed
    if people.present is not None:
        free = back_told & ~truth.above
        back = back.copy()
        back[free] = shared(back[free], people.present - int(back[back_told & truth.above].sum()), truth.staff[free])
    sheet.put("due_at_work", truth.staff, source="resumption", day=WEEK, where=due_told | back_told)
    sheet.put("back_at_work", back, source="resumption", day=TODAY, where=back_told)


def put_site_people(sheet: Sheet, people: People, resumed: Flags, truth: Economy) -> None:
    """People of building sites, where a text speaks of them: all back, or the counts of the text."""
    if not people.full and people.due is None:
        return
    due = truth.staff if people.due is None else shared(truth.staff, people.due)
    back = due if people.present is None else shared(truth.staff * (90 + sheet.rng.integers(0, 21, sheet.count)), people.present)
    sheet.put("due_at_work", due, source="resumption", day=WEEK, where=resumed)
    sheet.put("back_at_work", back, source="resumption", day=SITES_SHEET, where=resumed)


def shared(weights: Ints, total: int, most: Ints | None = None) -> Ints:
    """Whole numbers in proportion to `weights` that add up to `total`, none above its `most`. ValueError where there is no room."""
    room = np.full(len(weights), total, np.int64) if most is None else most.astype(np.int64)
    if not 0 <= total <= int(room.sum()):
        raise ValueError(f"{total} people do not fit into {int(room.sum())} places")
    given = np.zeros(len(weights), np.int64)
    while (left := total - int(given.sum())) > 0:
        open_rows = np.flatnonzero(given < room)
        share = weights[open_rows] * left // max(1, int(weights[open_rows].sum()))
        more = np.minimum(share, (room - given)[open_rows])
        if not more.any():  # less than one each is left: to the largest first
            more = (np.argsort(np.argsort(-weights[open_rows], kind="stable")) < left).astype(np.int64)
        given[open_rows] += more
    return given


def above_first(resumed: Flags, above: Flags) -> Flags:
    """As many at work again as before, with everybody above scale among them: those drawn last below it wait instead."""
    missing = np.flatnonzero(above & ~resumed)
    others = np.flatnonzero(resumed & ~above)[::-1][: len(missing)]
    changed = resumed.copy()
    changed[missing[: len(others)]], changed[others] = True, False
    return changed
