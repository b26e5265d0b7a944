"""Acknowledge what the ladder told one 签收催办, with an answer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, NotFound
from songda.ledger.cases.models import Alert
from songda.ledger.cases.queries.duty import alerts_for
from songda.registry.actors import Actor


@transaction.atomic
def answer_alert(alert_id: int, answer: str, *, by: Actor, now: dt.datetime) -> Alert:
    """Acknowledge an alert to this post or its unit, and with it the earlier ones of the same case. NotFound for another's, Conflict
    where a colleague was faster.
    """
    alert = alerts_for(by).filter(pk=alert_id).first()
    if alert is None:
        raise NotFound(_("没有等您签收的这条催办。"), advice=_("它可能已由同事签收。"))
    given = {"seen_at": now, "answer": answer.strip()[:400]}
    if Alert.objects.filter(pk=alert_id, seen_at=None).update(**given) != 1:
        raise Conflict(_("这条催办刚刚已由同事签收。"))
    earlier = list(alerts_for(by).filter(case=alert.case_id, pk__lt=alert_id).values_list("pk", flat=True))
    Alert.objects.filter(pk__in=earlier, seen_at=None).update(**given)
    record("case.answer_alert", alert.case, by=by, now=now, after={"alerts": [alert_id, *earlier], "answer": given["answer"]})
    alert.refresh_from_db()
    return alert
