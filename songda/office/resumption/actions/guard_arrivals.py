"""Risk areas 风险地区 and arrivals 来返人员: who comes from where isolates until when, and nobody is cleared before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.kernel.paths import within
from songda.office.resumption.access import arrival_for, must, risk_to_end
from songda.office.resumption.models import Arrival, RiskArea
from songda.office.resumption.queries.arrivals import duty_of
from songda.office.resumption.queries.gates import terms
from songda.office.resumption.rules.places import lies_in
from songda.office.resumption.states import ARRIVAL, Level
from songda.registry.actors import Actor
from songda.registry.subjects.access import subject_for

CODE = re.compile(r"^[1-8]\d{5}$")
USUAL_DAYS, MOST_DAYS, MOST_PEOPLE = 14, 60, 2_000
LEAST_REASON = 4


@dataclass(frozen=True, slots=True)
class NewRisk:
    """A risk area to be announced; `days` None: as the order of resumption says."""

    name: str
    code: str
    level: str
    starts_on: dt.date
    document: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class NewArrival:
    """Persons who arrived: how many, from which division, when; an abbreviation of the name at most."""

    subject_id: int
    from_code: str
    from_name: str
    arrived_on: dt.date
    people: int = 1
    alias: str = ""
    demonstration: bool = False


@transaction.atomic
def announce_risk(new: NewRisk, *, by: Actor, now: dt.datetime) -> RiskArea:
    """Enter a risk area. Arrivals already there that fall under it isolate from now on, cleared or not."""
    must(by, "resumption.control")
    order = terms()
    days = new.days if new.days is not None else order.isolation_days if order else USUAL_DAYS
    fields = {name: _("必须填写。") for name in ("name", "document") if not getattr(new, name).strip()}
    fields |= {} if CODE.match(new.code) else {"code": _("六位行政区划代码，如 420100。")}
    fields |= {} if new.level in Level.values and 0 <= days <= MOST_DAYS else {"days": _("隔离天数为 0 至 60 天。")}
    if fields:
        raise Invalid(_("风险地区填写不完整。"), fields=fields)
    made = RiskArea.objects.create(
        name=new.name.strip()[:60], code=new.code, area_path=by.area_paths[0], level=new.level, starts_on=new.starts_on, days=days,
        document=new.document.strip()[:120], listed_at=now, listed_name=by.name,
    )  # fmt: skip
    record("risk.announce", made, by=by, now=now, after={"code": made.code, "from": made.starts_on, "days": made.days})
    touched = Arrival.objects.filter(within([made.area_path]), arrived_on__gte=new.starts_on).order_by("pk")
    for arrival in [one for one in touched if lies_in(one.from_code, new.code)]:
        hold(arrival, by, now)
    return made


def hold(arrival: Arrival, by: Actor, now: dt.datetime) -> None:
    """Let a longer duty take hold of an arrival; whoever has sat it out already stays as they are."""
    found = duty_of(arrival.from_code, arrival.arrived_on, arrival.area_path)
    if found is None or (arrival.isolates_until is not None and found.until <= arrival.isolates_until):
        return
    if arrival.cleared_on is not None and arrival.cleared_on >= found.until:
        return
    was = {"until": arrival.isolates_until, "state": arrival.state}
    move(ARRIVAL, arrival, "isolate", isolates_until=found.until, risk_id=found.risk, cleared_on=None, cleared_name="")
    record("arrival.hold", arrival, by=by, now=now, before=was, after={"until": found.until, "state": arrival.state})


@transaction.atomic
def end_risk(risk_id: int, last_day: dt.date, *, by: Actor, now: dt.datetime) -> RiskArea:
    """A risk area ends with a day: who arrives later is free; who arrived before sits out the days."""
    must(by, "resumption.control")
    one = risk_to_end(risk_id, by)
    if last_day < one.starts_on:
        raise Invalid(_("请核对风险地区和最后一日。"), fields={"last_day": _("不早于起始日。")})
    if RiskArea.objects.filter(pk=one.pk, ends_on=None).update(ends_on=last_day) != 1:
        raise Conflict(_("该风险地区已解除。"))
    record("risk.end", one, by=by, now=now, after={"last_day": last_day})
    one.refresh_from_db()
    return one


@transaction.atomic
def record_arrival(new: NewArrival, *, by: Actor, now: dt.datetime) -> Arrival:
    """Note persons who arrived at a subject in sight. From a risk area they isolate until a date that comes with the record."""
    if not by.may("firm.act"):
        must(by, "resumption.report")
    subject = subject_for(new.subject_id, by)
    fields = {} if CODE.match(new.from_code) else {"from_code": _("六位行政区划代码，如 420100。")}
    fields |= {} if new.from_name.strip() else {"from_name": _("写明来自哪里。")}
    fields |= {} if 1 <= new.people <= MOST_PEOPLE else {"people": _("人数为 1 至 2000。")}
    fields |= {} if new.arrived_on <= day_of(now) else {"arrived_on": _("到达后再登记。")}
    if fields:
        raise Invalid(_("来返人员填写不完整。"), fields=fields)
    duty = duty_of(new.from_code, new.arrived_on, subject.area_path)
    made = Arrival.objects.create(
        subject=subject, area_path=subject.area_path, people=new.people, alias=new.alias.strip()[:40], from_code=new.from_code,
        from_name=new.from_name.strip()[:60], arrived_on=new.arrived_on, risk_id=duty.risk if duty else None,
        isolates_until=duty.until if duty else None, state="isolating" if duty else "free", told_at=now, told_name=by.name,
        demonstration=new.demonstration,
    )  # fmt: skip
    told = {"people": made.people, "from": made.from_code, "until": made.isolates_until, "alias": made.alias}
    record("arrival.record", made, by=by, now=now, after=told)
    return made


@transaction.atomic
def clear_arrival(arrival_id: int, *, by: Actor, now: dt.datetime) -> Arrival:
    """Clear persons today. Refused before the last day of isolation."""
    must(by, "resumption.report")
    arrival, today = arrival_for(arrival_id, by), day_of(now)
    if arrival.isolates_until is not None and today < arrival.isolates_until:
        message = _("隔离期未满：自 %(day)s 起方可放行。") % {"day": arrival.isolates_until.isoformat()}
        raise Conflict(message, advice=_("请到期后再办理，提前放行不予受理。"))
    move(ARRIVAL, arrival, "clear", cleared_on=today, cleared_name=by.name)
    record("arrival.clear", arrival, by=by, now=now, after={"on": today})
    return arrival


@transaction.atomic
def reveal_arrival(arrival_id: int, reason: str, *, by: Actor, now: dt.datetime) -> str:
    """The abbreviation of the name in clear, on a reason; the look is in the trail before it is on the screen."""
    arrival = arrival_for(arrival_id, by)
    if not by.may("facts.personal"):
        raise NotPermitted(_("您当前的岗位不能查看个人信息。"), advice=_("请联系有权限的经办人。"))
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid(_("请写明查看个人信息的事由。"), fields={"reason": _("不少于4个字。")})
    record("arrival.reveal", arrival, by=by, now=now, after={"reason": reason.strip()})
    return arrival.alias


@transaction.atomic
def forget_names(*, by: Actor, now: dt.datetime) -> int:
    """Forget the names of arrivals longer ago than the order keeps them; how many. Counts, places and dates stay."""
    order = terms()
    before = day_of(now) - dt.timedelta(days=order.keep_days if order else USUAL_DAYS * 2)
    rows = Arrival.objects.filter(arrived_on__lt=before, forgotten_at=None).exclude(state="isolating")
    forgotten = 0
    for arrival in rows.order_by("pk")[:1000]:
        Arrival.objects.filter(pk=arrival.pk).update(alias="", forgotten_at=now)
        record("arrival.forget", arrival, by=by, now=now, after={"arrived_on": arrival.arrived_on})
        forgotten += 1
    return forgotten
