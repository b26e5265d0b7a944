"""Work by night: accounts that stop by themselves, sessions that have run out."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.registry.people.actions import stop_unused
from songda.registry.people.models import OpenSession


@job("people.stop_unused", every=dt.timedelta(days=1), at=dt.timedelta(hours=1, minutes=30))
def stop() -> int:
    """Stop accounts past their last day or unused for 90 days; how many."""
    return stop_unused(now=clock.now())


@job("people.forget_sessions", every=dt.timedelta(hours=6), at=dt.timedelta(hours=1, minutes=40))
def forget_sessions() -> int:
    """Delete the rows of sessions that have run out; how many."""
    return OpenSession.objects.filter(expire_date__lt=clock.now() - settings.CLOCK_SHIFT).delete()[0]
