"""What waits for the post that keeps the house itself."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.ledger.cases.queries.duty import Need
from songda.registry.actors import Actor
from songda.registry.calendars.queries import owed_year


def calendar_owed(actor: Actor, now: dt.datetime) -> list[Need]:
    """A line for who keeps the calendar, while a year's days off are missing that somebody should enter by now."""
    owed = owed_year(clock.day_of(now)) if actor.may("system.configure") else None
    return [Need(_("待登记节假日的年份"), owed, f"/administration/calendar/?year={owed}", urgent=True)] if owed else []
