"""A roster without an empty day 值班表, "5+2" and holidays included: working days and days off each go round on their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

ONE_DAY = dt.timedelta(days=1)


def rotate(
    days: Sequence[dt.date], works: Collection[dt.date], posts: Sequence[int], away: Mapping[int, Collection[dt.date]]
) -> dict[dt.date, int]:
    """Day → post: whoever has had fewest duties of that sort (working day, day off) so far, and longest ago, and is not away.

    A day on which everybody is away is left out: it is a gap, and shown as one.
    """
    had: dict[bool, dict[int, int]] = {True: dict.fromkeys(posts, 0), False: dict.fromkeys(posts, 0)}
    last = dict.fromkeys(posts, dt.date.min)
    found = {}
    for day in days:
        count = had[day in works]
        free = [post for post in posts if day not in away.get(post, ())]
        if free:
            chosen = min(free, key=lambda post: (count[post], last[post], posts.index(post)))
            count[chosen] += 1
            last[chosen] = day
            found[day] = chosen
    return found


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from `first` to `last`, both included."""
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]
