"""A little of what the headquarters orders: the negative list, a red light with its stop and its lift, risk areas, arrivals.

Every step is the real action with its moment passed in. Nothing here takes a firm out of what the texts count: the trades listed have
no firm at work in the zone, and the firm that was stopped was back before the day the texts speak of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import NotPermitted
from songda.office.resumption import actions
from songda.office.resumption.actions import NewArrival, NewEntry, NewRisk
from songda.office.resumption.models import Arrival, StopOrder
from songda.registry.actors import Actor, house
from songda.registry.facts.models import Fact
from songda.registry.organisations import queries as organisations
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

ORDER = "郑州市关于企业分批复工的通告（2020年2月6日）"
ZONE = "410172"
LISTED = (("8760", "影院暂缓开放"), ("80", "家政等居民服务暂缓"), ("8850", "博物馆暂缓开放"))
DAY = dt.timedelta(days=1)
Who = Callable[[str], Actor]


def resumed_things() -> bool:
    """Whether it was done before."""
    return Arrival.objects.filter(demonstration=True).exists()


@transaction.atomic
def order_things(who: Who, *, demonstration: bool, by: Actor, now: dt.datetime) -> None:
    """All of it; demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示复工数据只能在演示环境中生成。"))
    zone = organisations.by_code(ZONE)
    dispatcher, street = who("dispatcher"), who("street")
    begun = clock.start_of(dt.date(2020, 2, 10))
    for code, reason in LISTED:
        new = NewEntry("industry", clock.day_of(begun), ORDER, reason, industry=code, area_path=zone.area_path)
        actions.list_entry(new, by=dispatcher, now=begun)
    near = visible_to(street).filter(kind=Subject.Kind.ENTERPRISE, demonstration=True).order_by("pk")
    waiting, working = in_state(near, "not-due", now), in_state(near, "resumed", now - 12 * DAY)
    hold_one(waiting[0], dispatcher, now)
    stop_one(working[0], dispatcher, now)
    actions.set_light(working[1].pk, "yellow", _("消毒台账缺两天，限期补齐"), by=dispatcher, now=now - 2 * DAY)
    actions.apply_to_resume(waiting[1].pk, "industry-3", _("口罩、测温设备已备，首批复工人员已排查。"), by=street, now=now)
    receive(working, dispatcher, street, now)
    actions.freeze_denominator(zone.pk, ("firms", "unlisted"), dt.date(2020, 3, 1), by=dispatcher, now=now)
    record("demo.resumption", zone, by=by, now=now, after={"arrivals": Arrival.objects.filter(demonstration=True).count()})


def in_state(near: QuerySet[Subject], state: str, at: dt.datetime) -> list[Subject]:
    """A few of these firms that were in a state by a day."""
    told = Fact.objects.filter(fact__code="resumption", text=state, valid_from__lte=clock.day_of(at))
    return list(near.filter(pk__in=told.values("subject"))[:8])


def hold_one(firm: Subject, dispatcher: Actor, now: dt.datetime) -> None:
    """A firm by itself on the list for a fortnight, and off it again."""
    since = now - 15 * DAY
    new = NewEntry("subject", clock.day_of(since), _("演示通知第1号"), _("人员密集，防控方案未通过"), subject_id=firm.pk)
    entry = actions.list_entry(new, by=dispatcher, now=since)
    actions.delist_entry(entry.pk, clock.day_of(now - DAY), _("防控方案复查通过"), by=dispatcher, now=now - DAY)


def stop_one(firm: Subject, dispatcher: Actor, now: dt.datetime) -> None:
    """A firm stopped for two days; somebody else finds it in order."""
    other = replace(house("resumption.control"), name=_("演示复查岗位"))
    actions.set_light(firm.pk, "red", _("入厂未测温，未登记来访"), by=dispatcher, now=now - 7 * DAY)
    order = StopOrder.objects.get(subject=firm)
    actions.lift_stop(order.pk, _("整改到位，复查合格"), "green", by=other, now=now - 5 * DAY)


def receive(firms: Sequence[Subject], dispatcher: Actor, street: Actor, now: dt.datetime) -> None:
    """Two risk areas, and who came from them and from elsewhere."""
    today, document = clock.day_of(now), _("演示通知第2号")
    actions.announce_risk(NewRisk("湖北省", "420000", "high", dt.date(2020, 1, 25), document), by=dispatcher, now=now - 40 * DAY)
    old = actions.announce_risk(
        NewRisk("浙江省温州市", "330300", "middle", dt.date(2020, 2, 2), document), by=dispatcher, now=now - 40 * DAY
    )
    actions.end_risk(old.pk, dt.date(2020, 3, 5), by=dispatcher, now=now - 13 * DAY)
    came = (
        ("420100", "湖北武汉", 4, 2), ("411700", "河南驻马店", 3, 12), ("330302", "浙江温州", 16, 1), ("330300", "浙江温州", 9, 5),
    )  # fmt: skip
    for firm, (code, name, days, people) in zip(firms[2:], came, strict=False):
        on = now - days * DAY
        new = NewArrival(firm.pk, code, name, today - days * DAY, people, _("演示缩写"), demonstration=True)
        made = actions.record_arrival(new, by=street, now=on)
        if made.isolates_until is None or made.isolates_until < today:
            actions.clear_arrival(made.pk, by=street, now=now - DAY if made.isolates_until else on)
