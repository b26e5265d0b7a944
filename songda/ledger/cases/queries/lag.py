"""How far the sweeper of clocks is behind 巡检滞后."""

from __future__ import annotations

import datetime as dt

from songda.ledger.cases.models import CaseClock


def sweeper_lag(now: dt.datetime) -> dt.timedelta:
    """How long the earliest clock that should have been looked at has waited; nothing when all have been."""
    earliest = CaseClock.objects.filter(wake_at__lte=now).order_by("wake_at").values_list("wake_at", flat=True).first()
    return now - earliest if earliest else dt.timedelta(0)


def put_off() -> int:
    """Clocks that could not be read and were put off."""
    return CaseClock.objects.exclude(failures=0).count()
