"""Fill a roster 排班: every day, holidays included; days already given stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping.models import Duty
from songda.deliveries.service.helping.rules.roster import days_between, rotate
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.registry.actors import Actor, require
from songda.registry.calendars.queries import calendar
from songda.registry.organisations.access import organisation_for
from songda.registry.people.models import Absence, Post

LONGEST = 400


@transaction.atomic
def plan_duty(unit_id: int, post_ids: Sequence[int], days: tuple[dt.date, dt.date], *, by: Actor, now: dt.datetime) -> int:
    """Give every free day from the first to the last (included) to one of the unit's posts; how many were given.

    Working days and days off go round separately, so that nobody has more than one holiday more than another. Who is on leave
    on a day is passed over; a day on which all are away stays free and shows as a gap.
    """
    require(by, "teams.edit", "cases.close")
    unit, (first, last) = organisation_for(unit_id, by), days
    if last < first or (last - first).days > LONGEST:
        raise Invalid(_("请给出一年以内的起止日期。"), fields={"last": _("止期不早于起期。")})
    posts = list(
        Post.objects.filter(pk__in=post_ids, organisation=unit, ends_on=None).order_by("pk").values_list("pk", flat=True)
    )
    if not posts or len(posts) != len(set(post_ids)):
        raise Invalid(_("请选择本单位的在任岗位。"), fields={"posts": _("至少一个。")})
    given = set(Duty.objects.filter(unit=unit, day__range=days).values_list("day", flat=True))
    free = [day for day in days_between(first, last) if day not in given]
    known = calendar()
    found = rotate(free, {day for day in free if known.works(day)}, posts, away_days(posts, first, last))
    Duty.objects.bulk_create([Duty(unit=unit, day=day, post_id=post) for day, post in found.items()], batch_size=500)
    record("duty.plan", unit, by=by, now=now, after={"from": first, "until": last, "days": len(found), "posts": posts})
    return len(found)


def away_days(posts: Sequence[int], first: dt.date, last: dt.date) -> dict[int, set[dt.date]]:
    """The days of the span on which each post has leave."""
    found: dict[int, set[dt.date]] = {}
    for leave in Absence.objects.filter(post__in=posts, starts_on__lte=last, ends_on__gte=first):
        found.setdefault(leave.post_id, set()).update(days_between(leave.starts_on, leave.ends_on))
    return found
