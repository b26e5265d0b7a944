"""The clock 时钟, read only here and only at the edge (pages, commands, jobs); everything below takes `now=` or `on=`.

Stored times are aware UTC; days are local days of the one place zone (settings.TIME_ZONE, Asia/Shanghai).
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> dt.datetime:
    """The present moment, aware, in UTC. A demonstration runs on its own days: `settings.CLOCK_SHIFT` (zero elsewhere)."""
    return dt.datetime.now(dt.UTC) + settings.CLOCK_SHIFT


def elsewhere(moment: dt.datetime) -> dt.datetime:
    """A moment of ours as other machines have it: what is signed for them, or by them, bears their days, in a demonstration too."""
    return moment - settings.CLOCK_SHIFT


def place() -> ZoneInfo:
    """The zone of the installation's place."""
    return ZoneInfo(settings.TIME_ZONE)


def day_of(moment: dt.datetime) -> dt.date:
    """The local day a moment falls on."""
    return moment.astimezone(place()).date()


def start_of(day: dt.date) -> dt.datetime:
    """The moment a local day begins, in UTC."""
    return dt.datetime.combine(day, dt.time(), place()).astimezone(dt.UTC)
