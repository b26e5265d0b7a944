"""Changes to the calendar: the days a year's announcement names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import actions as audit
from songda.kernel.errors import Invalid
from songda.kernel.who import Who
from songda.registry.calendars.models import SpecialDay

__all__ = ["Special", "load_days", "withdraw_days"]


@dataclass(frozen=True, slots=True)
class Special:
    """A day that differs from its week: off 放假, or worked in exchange 调休上班."""

    day: dt.date
    working: bool
    name: str


@transaction.atomic
def load_days(days: Iterable[Special], *, by: Who, now: dt.datetime) -> int:
    """Load announced days; a day already known is replaced (the State Council moved it in 2020). Returns how many changed."""
    given = {one.day: one for one in days}
    known = {one.day: one for one in SpecialDay.objects.filter(day__in=given)}
    changed = [one for one in given.values() if not _same(known.get(one.day), one)]
    if wrong := [one for one in changed if not one.name]:
        raise Invalid(_("%(day)s 缺少节日名称。") % {"day": wrong[0].day})
    SpecialDay.objects.bulk_create(
        [SpecialDay(**asdict(one)) for one in changed],
        update_conflicts=True, unique_fields=["day"], update_fields=["working", "name", "mark"], batch_size=300,
    )  # fmt: skip
    for one in SpecialDay.objects.filter(day__in=[each.day for each in changed]):
        old = known.get(one.day)
        before = {"working": old.working, "name": old.name} if old else {}
        audit.record("calendars.load", one, by=by, now=now, before=before, after={"working": one.working, "name": one.name})
    return len(changed)


@transaction.atomic
def withdraw_days(days: Iterable[dt.date], *, by: Who, now: dt.datetime) -> int:
    """Take out days that are no longer special: they follow their week again. Returns how many there were."""
    found = list(SpecialDay.objects.filter(day__in=list(days)).order_by("day"))
    for one in found:
        audit.record("calendars.withdraw", one, by=by, now=now, before={"working": one.working, "name": one.name})
    SpecialDay.objects.filter(pk__in=[one.pk for one in found]).delete()
    return len(found)


def _same(known: SpecialDay | None, given: Special) -> bool:
    return known is not None and (known.working, known.name) == (given.working, given.name)
