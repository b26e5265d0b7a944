"""Acknowledging 处理: somebody has looked and says what it was. The alarm stays, with name, moment and word."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.alarms.access import alarm_for
from songda.ledger.alarms.models import Alarm
from songda.registry.actors import Actor, require


@transaction.atomic
def acknowledge(alarm_id: int, word: str, *, by: Actor, now: dt.datetime) -> Alarm:
    """Say what it was. NotPermitted for whom it concerns; Conflict where somebody else has; Invalid without a word."""
    require(by, "alarms.see")
    alarm, said = alarm_for(alarm_id, by), word.strip()
    if alarm.account_id is not None and alarm.account_id == by.account_id:
        raise NotPermitted(_("这条告警涉及您本人。"), advice=_("请由另一位安全管理员或审计管理员处理。"))
    if not said:
        raise Invalid(_("请写明处理情况。"), fields={"word": _("例如：已电话核实，是本人忘记口令。")})
    done = Alarm.objects.filter(pk=alarm.pk, acknowledged_at=None).update(
        acknowledged_at=now, acknowledged_by_id=by.post_id, acknowledged_name=by.name, word=said[:400]
    )
    if done != 1:
        raise Conflict(_("这条告警已由 %(name)s 处理。") % {"name": alarm.acknowledged_name})
    record("alarm.acknowledge", alarm, by=by, now=now, after={"word": said[:400], "rule": alarm.rule, "about": alarm.about})
    alarm.refresh_from_db()
    return alarm
