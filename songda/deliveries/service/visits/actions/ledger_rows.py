"""From findings to the ledger 登入台账: issues and breaches become demands, promises become tasks with their date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands.actions import NewDemand, file_demand
from songda.deliveries.service.visits.models import Finding, Stop
from songda.deliveries.service.visits.states import FindingKind
from songda.kernel import clock
from songda.kernel.errors import Refused
from songda.ledger.cases.actions import Said, open_case, step_case
from songda.ledger.cases.models import Case
from songda.ledger.cases.states import Origin
from songda.registry.actors import Actor, house

CHANNEL = "visit"
END_OF_DAY = dt.time(17, 30)


def file_finding(finding: Finding, stop: Stop, *, by: Actor, now: dt.datetime) -> Case | None:
    """Open the ledger row of a finding; None where the ledger refuses, with its reason kept beside the finding to be put right."""
    try:
        with transaction.atomic():
            case = (
                promised(finding, stop, by=by, now=now)
                if finding.kind == FindingKind.PROMISE
                else asked(finding, stop, by=by, now=now)
            )
    except Refused as refusal:
        Finding.objects.filter(pk=finding.pk).update(refusal=refusal.sentence[:200])
        return None
    Finding.objects.filter(pk=finding.pk).update(case=case, refusal="")
    return case


def asked(finding: Finding, stop: Stop, *, by: Actor, now: dt.datetime) -> Case:
    """An issue found on the way, filed for the firm. Whoever makes visits may bring matters home."""
    new = NewDemand(
        title=finding.text[:160], text=finding.text, category=finding.category, origin=Origin.OFFICER.value, channel=CHANNEL
    )  # fmt: skip
    messenger = replace(by, permissions=by.permissions | {"cases.file"})
    if stop.subject_id is None:
        given = {"text": finding.text, "origin": new.origin, "channel": CHANNEL, "area_path": stop.area_path}
        return open_case(
            "demand", subject_id=None, title=new.title, by=by, now=now, given={**given, "request_key": finding.request_key}
        )
    return file_demand(stop.subject_id, new, by=messenger, now=now, request_key=finding.request_key)


def promised(finding: Finding, stop: Stop, *, by: Actor, now: dt.datetime) -> Case:
    """A promise as a task of the post that gave it, due on its day: its lamp and its ladder are those of every task."""
    given = {
        "text": _("走访“%(stop)s”时承诺：%(text)s") % {"stop": stop, "text": finding.text},
        "origin": Origin.OFFICER.value,
        "channel": CHANNEL,
        "area_path": stop.area_path,
        "holder_id": by.post_id,
        "lead_id": by.organisation_id,
        "request_key": finding.request_key,
    }
    case = open_case("task", subject_id=stop.subject_id, title=finding.text[:160], by=by, now=now, given=given)
    if finding.due_on is not None:
        fix_due(case, finding.due_on, now=now)
    return case


def fix_due(case: Case, on: dt.date, *, now: dt.datetime) -> None:
    """Fix a task's deadline to the end of a day: the promise itself decides it."""
    due = dt.datetime.combine(on, END_OF_DAY, clock.place()).astimezone(dt.UTC)
    said = Said(used={"clock": "resolve", "due": due.isoformat()}, request_key=f"due-{case.pk}")
    step_case(case.pk, "fix", said, by=house("cases.see", "cases.decide"), now=now)
