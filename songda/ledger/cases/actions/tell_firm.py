"""Telling the firm 告知企业: every told text becomes a notice, once; rungs of the ladder that name the firm are told here too."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.jobs import enqueue
from songda.ledger.cases.models import Alert, Case, CaseStep
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.jobs import send_due
from songda.ledger.notices.queries.channels import INBOX, configured
from songda.ledger.notices.rules.letters import Line, Told
from songda.ledger.notices.states import Lane

STEP, ALERT = "case_step", "case_alert"  # topics of notice lines


def tell_firm(case: Case, step: CaseStep, text: str, *, now: dt.datetime) -> bool:
    """Tell the firm of a case what a step says; False where it has no address. In the caller's transaction, and once a step."""
    return _notify(case, STEP, step.pk, text, now)


@transaction.atomic
def tell_alerts(*, now: dt.datetime, limit: int = 500) -> int:
    """Tell firms what the ladder owes them (nobody has taken it, please confirm); how many rungs. A rung told is signed by the house."""
    waiting = Alert.objects.filter(act="tell_firm", seen_at=None).select_related("case__kind", "case__subject").order_by("pk")
    alerts = list(waiting[:limit])
    for alert in alerts:
        reached = _notify(alert.case, ALERT, alert.pk, _sentence(alert), now)
        said = _("已发通知") if reached else _("企业没有联系方式，未能告知")
        Alert.objects.filter(pk=alert.pk, seen_at=None).update(seen_at=now, answer=said)
    return len(alerts)


def _notify(case: Case, topic: str, number: int, text: str, now: dt.datetime) -> bool:
    if case.subject_id is None:
        return False
    line = Line(number, text[:400], f"{case.number} {case.title}")
    told = Told(case.subject_id, case.area_path, (line,), Lane.REPLY)
    channels = configured()
    title = _("诉求进展：%(title)s") % {"title": case.title}
    done = notify_many(f"{topic}:{number}", [told], title=title[:200], topic=topic, channels=channels, now=now)
    if set(channels) - {INBOX}:
        enqueue(send_due)
    return not done.without_contact


def _sentence(alert: Alert) -> str:
    """What a rung says to the firm: its label as the kind declares it, and what the firm may do."""
    clocks = spec_of(alert.case.kind).clocks
    label = next((level.label for clock in clocks for level in clock.ladder if level.code == alert.level), alert.level)
    if alert.clock == "confirm":
        return _("请确认办理结果：“%(label)s”。逾期未答复的，将安排回访；未答复不作为满意。") % {"label": label}
    return _("“%(label)s”。给您带来不便，我们深表歉意；已催办，您也可以拨打服务热线。") % {"label": label}
