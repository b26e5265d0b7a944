"""The record of a stop 走访记录: sent from a phone, kept once, whatever the line did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.access import stop_to_do, visit_to_do
from songda.deliveries.service.visits.actions.ledger_rows import file_finding
from songda.deliveries.service.visits.models import Approach, Explained, Finding, Stop, TakenUp, Visit
from songda.deliveries.service.visits.rules.answers import OUT, Door, unasked
from songda.deliveries.service.visits.states import VISIT, FindingKind, Reply
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, Refused
from songda.kernel.machines import move
from songda.ledger.cases.access import case_for
from songda.ledger.cases.actions import Said, step_case
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Found:
    """Something found: an issue, a breach with its help, a promise with its date. `case_id`: it stands in the ledger already."""

    kind: str
    text: str
    category: str = ""
    case_id: int | None = None
    guidance: str = ""
    no_help_reason: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a phone sends of a stop. `no_issue` says that the problems were gone through and there are none; `missed`, that there
    was nobody to see. `progress`: (case, what was said of it). `explained`: (key, title) of policies. `place`: millionths of a degree.
    """

    arrived_at: dt.datetime
    met: str = ""
    notes: str = ""
    missed: str = ""
    no_issue: bool = False
    findings: Sequence[Found] = ()
    progress: Sequence[tuple[int, str]] = ()
    explained: Sequence[tuple[str, str]] = ()
    place: tuple[int, int] | None = None
    photos: int = 0


@transaction.atomic
def start_visit(visit_id: int, *, by: Actor, now: dt.datetime) -> Visit:
    """Begin. Nobody comes to a door that has not been asked, unless the firm wished it or the law prescribes it."""
    visit = visit_to_do(visit_id, by)
    stops = list(visit.stops.all())
    if Approach.objects.filter(stop__visit=visit, counted=True, place=None, ended_at=None).exists():
        raise Conflict(_("超出当月次数，尚未获统筹调度员批准。"), advice=_("批准后再走访，或改为联合走访。"))
    doors = [Door(stop.subject_id is not None, stop.wish_id is not None, stop.reply) for stop in stops]
    waiting = unasked(doors, mandatory=visit.mandatory)
    if waiting:
        raise Conflict(_("还有 %(n)d 家企业没有同意。") % {"n": waiting}, advice=_("请先预约；电话同意的，请登记答复人。"))
    before = visit.state
    move(VISIT, visit, "start", started_at=now)
    record("visit.start", visit, by=by, now=now, before={"state": before}, after={"state": visit.state})
    return visit


@transaction.atomic
def record_stop(stop_id: int, report: Report, *, by: Actor, now: dt.datetime, request_key: str) -> Stop:
    """Keep the record of a stop, file what was found, note what was said of open cases. The first record starts the visit, the last
    one ends it. The same request key again is the same record; Conflict where somebody else's stands already.
    """
    stop = stop_to_do(stop_id, by)
    if not request_key:
        raise Invalid(_("缺少提交编号。"), advice=_("请刷新页面后重试。"))
    if stop.request_key == request_key:
        return stop
    _must_be_complete(report)
    _must_be_open(stop)
    if stop.visit.state != "under_way":
        start_visit(stop.visit_id, by=by, now=now)
    _write(stop, report, by, now, request_key)
    for place, found in enumerate(report.findings, start=1):
        add_finding(stop, found, by=by, now=now, request_key=f"{request_key}-{place}")
    Explained.objects.bulk_create(
        [Explained(stop=stop, key=key[:60], label=label[:200]) for key, label in dict(report.explained).items()]
    )
    for case_id, note in report.progress:
        take_up(stop, case_id, note, by=by, now=now, request_key=f"{request_key}-case-{case_id}")
    after = {"visit": stop.visit_id, "findings": len(report.findings), "missed": bool(report.missed)}
    record("visit.record_stop", stop, by=by, now=now, after=after)
    _end_when_last(stop.visit_id, by, now)
    stop.refresh_from_db()
    return stop


def add_finding(stop: Stop, found: Found, *, by: Actor, now: dt.datetime, request_key: str) -> Finding:
    """One finding with its ledger row. A breach explained or guided on the spot needs none."""
    linked = case_for(found.case_id, by) if found.case_id else None
    finding = Finding.objects.create(
        stop=stop,
        kind=found.kind,
        text=found.text.strip()[:400],
        category=found.category[:40],
        case=linked,
        guidance=found.guidance.strip()[:400],
        no_help_reason=found.no_help_reason.strip()[:200],
        due_on=found.due_on if found.kind == FindingKind.PROMISE else None,
        request_key=request_key,
    )
    if linked is None and found.kind != FindingKind.BREACH:
        file_finding(finding, stop, by=by, now=now)
    finding.refresh_from_db()
    return finding


@transaction.atomic
def refile_finding(finding_id: int, *, by: Actor, now: dt.datetime) -> Finding:
    """Try again to enter a finding into the ledger, after what stood in the way was put right."""
    finding = Finding.objects.select_related("stop__visit").get(pk=finding_id)
    stop = stop_to_do(finding.stop_id, by)
    if finding.case_id is None:
        file_finding(finding, stop, by=by, now=now)
        finding.refresh_from_db()
        record("visit.file_finding", stop, by=by, now=now, after={"finding": finding.pk, "case": finding.case_id})
    if finding.case_id is None:
        raise Conflict(_("台账没有收下：%(why)s") % {"why": finding.refusal})
    return finding


def take_up(stop: Stop, case_id: int, note: str, *, by: Actor, now: dt.datetime, request_key: str) -> TakenUp:
    """What was said of an open case, also noted in the ledger where the post handles it; else kept here with the reason."""
    case = case_for(case_id, by)
    refusal = ""
    try:
        step_case(case.pk, "contact", Said(note=note, request_key=request_key), by=by, now=now)
    except Refused as refused:
        refusal = refused.message[:200]
    return TakenUp.objects.create(stop=stop, case=case, note=note.strip()[:400], refusal=refusal)


def _must_be_complete(report: Report) -> None:
    faults = {}
    if not report.missed.strip() and not report.notes.strip() and not report.findings:
        faults["notes"] = _("请写走访记录，或写明为何未能走访。")
    for found in report.findings:
        if found.kind not in FindingKind.values or not found.text.strip():
            faults["findings"] = _("每条发现须选种类并写明内容。")
        if found.kind == FindingKind.PROMISE and found.due_on is None:
            faults["findings"] = _("承诺须有期限。")
        if found.kind == FindingKind.BREACH and not (found.guidance.strip() or found.no_help_reason.strip() or found.case_id):
            faults["findings"] = _("检查发现须给出指导意见，或写明为何无需帮助。")
    if report.no_issue and any(found.kind == FindingKind.ISSUE for found in report.findings):
        faults["no_issue"] = _("已写问题，不能同时确认“未发现问题”。")
    if faults:
        raise Invalid("；".join(faults.values()), fields=faults)


def _must_be_open(stop: Stop) -> None:
    if stop.recorded_at is not None:
        message = _("“%(stop)s”已由%(who)s记录。") % {"stop": stop, "who": stop.recorded_name}
        raise Conflict(message, advice=_("您的内容仍保存在手机上，可复制后补充到走访页面。"), code="recorded")
    if stop.reply in OUT:
        raise Conflict(_("“%(stop)s”已谢绝或并入其他走访。") % {"stop": stop}, advice=_("请勿上门。"))
    if stop.visit.state not in ("planned", "accepted", "under_way"):
        label = VISIT.states[stop.visit.state]
        raise Conflict(
            _("走访当前状态为“%(state)s”，不能再记录。") % {"state": label},
            advice=_("您的内容仍保存在手机上，请联系走访负责人。"),
        )


def _write(stop: Stop, report: Report, by: Actor, now: dt.datetime, request_key: str) -> None:
    latitude, longitude = report.place or (None, None)
    columns: dict[str, object] = {
        "arrived_at": min(report.arrived_at, now), "met": report.met.strip()[:80], "notes": report.notes.strip(), "no_issue": report.no_issue,
        "missed": report.missed.strip()[:200], "latitude": latitude, "longitude": longitude, "photos_due": report.photos,
        "recorded_at": now, "recorded_name": by.name, "request_key": request_key,
    }  # fmt: skip
    try:
        with transaction.atomic():
            written = Stop.objects.filter(pk=stop.pk, recorded_at=None).update(**columns)
    except IntegrityError as error:
        raise Conflict(_("提交编号已用于另一点位。"), advice=_("请刷新后重新填写。")) from error
    if written != 1:
        raise Conflict(_("该点位刚刚由他人记录。"), advice=_("您的内容仍保存在手机上。"), code="recorded")
    stop.refresh_from_db()


def _end_when_last(visit_id: int, by: Actor, now: dt.datetime) -> None:
    """The visit is recorded once no stop is left that could be."""
    visit = Visit.objects.get(pk=visit_id)
    left = visit.stops.filter(recorded_at=None).exclude(reply__in=(Reply.DECLINED, Reply.MERGED))
    if not left.exists():
        move(VISIT, visit, "record", recorded_at=now)
        record("visit.record", visit, by=by, now=now, after={"state": visit.state})
