"""Who sees alarms: they are the house's, not a territory's, and open to who holds `alarms.see` alone."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.sight import one_of
from songda.ledger.alarms.models import Alarm
from songda.registry.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Alarm]:
    """All alarms, or none."""
    return Alarm.objects.all() if actor.may("alarms.see") else Alarm.objects.none()


def alarm_for(alarm_id: int, actor: Actor) -> Alarm:
    """One alarm, or NotFound."""
    return one_of(visible_to(actor).filter(pk=alarm_id), _("没有找到这条告警。"))
