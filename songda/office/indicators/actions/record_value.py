"""Recording a value 登记值 that a unit returned or a text prints."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.office.indicators import access
from songda.office.indicators.actions.keep_value import keep_value
from songda.office.indicators.models import Value
from songda.office.indicators.rules.new_values import NewValue
from songda.registry.actors import Actor


@transaction.atomic
def record_value(new: NewValue, *, by: Actor, now: dt.datetime, reason: str = "") -> Value:
    """Keep a value. The same again returns the row there is; another number for the same key takes a `reason` and replaces it.

    The key: indicator, unit, cell, since, as-of, origin and source. Conflict without a reason; Invalid for what does not fit its
    indicator (Appendix G 1 and 6 of the mission).
    """
    unit = access.unit_to_record(new.organisation_id, by)
    return keep_value(new, unit, by=by, now=now, reason=reason)
