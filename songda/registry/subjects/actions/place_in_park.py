"""Say that a subject is in a park 园区, from a day to a day. Its home area stays what it is (SUP-18)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import actions as audit
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.subjects import access
from songda.registry.subjects.models import Belonging


@transaction.atomic
def place_in_park(subject_id: int, *, park_id: int, on: dt.date, by: Actor, now: dt.datetime) -> Belonging:
    """Enter a subject among a park's firms from `on`. In the park already: nothing changes."""
    subject = access.subject_for(subject_id, by)
    park = Organisation.objects.filter(pk=park_id, kind=Organisation.Kind.PARK).first()
    if park is None:
        raise Invalid(_("所选机构不是园区。"), fields={"park": _("请选择园区。")})
    made, new = Belonging.objects.get_or_create(subject=subject, park=park, ends_on=None, defaults={"starts_on": on})
    if new:
        audit.record("subject.place", subject, by=by, now=now, after={"park": park.code, "on": on.isoformat()})
    return made


@transaction.atomic
def leave_park(subject_id: int, *, park_id: int, on: dt.date, by: Actor, now: dt.datetime) -> None:
    """End a subject's membership; `on` is its last day in the park."""
    subject = access.subject_for(subject_id, by)
    if subject.belongings.filter(park_id=park_id, ends_on=None, starts_on__lte=on).update(ends_on=on) != 1:
        raise Conflict(_("该主体目前不在此园区，或离开日期早于入驻日期。"))
    audit.record("subject.leave", subject, by=by, now=now, before={"park": park_id}, after={"on": on.isoformat()})
