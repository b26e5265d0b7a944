"""The daily list of what stands still: its days, its lines, and whose they are."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, QuerySet

from songda.office.dispatch.access import standstills_visible_to
from songda.office.dispatch.models import Standstill
from songda.registry.actors import Actor

DAYS_OFFERED = 10


def days_listed(actor: Actor) -> list[dt.date]:
    """The last days that have lines in sight, the latest first."""
    days = standstills_visible_to(actor).order_by("-on").values_list("on", flat=True).distinct()
    return list(days[:DAYS_OFFERED])


def standstills(actor: Actor, on: dt.date, lead: int | None = None) -> QuerySet[Standstill]:
    """The lines of a day in sight, of one unit where one is named, what has stood longest first."""
    rows = standstills_visible_to(actor).filter(on=on, **({"lead": lead} if lead else {}))
    related = ("case__subject", "lead", "holder__person", "holder__organisation")
    return rows.select_related(*related).order_by("moved_at", "id")


def units_listed(actor: Actor, on: dt.date) -> list[tuple[int | None, str, int]]:
    """How many lines of a day each unit has: number, name, count; those nobody leads first."""
    rows = standstills_visible_to(actor).filter(on=on).order_by()
    counted = rows.values_list("lead", "lead__name").annotate(n=Count("pk")).values_list("lead", "lead__name", "n")
    return sorted(((lead, name or "", n) for lead, name, n in counted), key=lambda one: (one[0] is not None, -one[2], one[1]))
