"""Closing the gaps of coverage 补齐触达: officers asked to visit or to obtain a contact, what failed sent again on another channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from songda.deliveries.policy.push.access import check_may_push
from songda.deliveries.policy.push.rules.wanted import MEASURE
from songda.deliveries.policy.push.states import Gap
from songda.kernel.errors import Invalid, NotPermitted, TooMany
from songda.kernel.jobs import enqueue
from songda.ledger.cases.actions import open_case
from songda.ledger.cases.models import Case
from songda.ledger.notices.access import deliveries_visible_to
from songda.ledger.notices.actions import add_channels
from songda.ledger.notices.jobs import send_due
from songda.ledger.notices.models import Notice
from songda.ledger.notices.states import REACHED
from songda.registry.actors import Actor
from songda.registry.people.models import Assignment
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

MOST = 200
TASK = "task"
ASKED = {Gap.NO_CONTACT: gettext_lazy("取得企业联系方式"), Gap.DECLINED: gettext_lazy("上门告知政策")}


@dataclass(frozen=True, slots=True)
class Closed:
    """What a batch came to: firms for which something was done, firms for which it had been done, firms without an officer."""

    done: int
    known: int
    nobody: int = 0


@transaction.atomic
def ask_officers(gap: Gap, subject_ids: Collection[int], *, by: Actor, now: dt.datetime) -> Closed:
    """Open a task 交办任务 for each firm with the officer accountable for it; asked before, none. Firms without an officer are counted."""
    if not by.may("cases.file"):
        raise NotPermitted(_("您当前的岗位不能交办任务。"), advice=_("请由统筹调度岗位办理。"))
    if gap not in ASKED:
        raise Invalid(_("请选择没有联系方式或已退订的企业。"))
    firms = list(firms_in_sight(subject_ids, by))
    officers = dict(Assignment.objects.filter(subject__in=firms, ends_on=None).values_list("subject_id", "post_id"))
    units = dict(Assignment.objects.filter(subject__in=firms, ends_on=None).values_list("subject_id", "post__organisation_id"))
    keys = {firm.pk: f"push:{gap.value}:{firm.pk}" for firm in firms}
    before = set(Case.objects.filter(request_key__in=keys.values()).values_list("request_key", flat=True))
    fresh = [firm for firm in firms if keys[firm.pk] not in before]
    for firm in fresh:
        given = {"request_key": keys[firm.pk], "origin": "signal", "channel": "push", "holder_id": officers.get(firm.pk)}
        given |= {"lead_id": units.get(firm.pk), "text": _("推送未触达：%(gap)s。") % {"gap": gap.label}}
        open_case(TASK, subject_id=firm.pk, title=str(ASKED[gap]), by=by, now=now, given=given)
    return Closed(len(fresh), len(before), sum(1 for firm in fresh if firm.pk not in officers))


@transaction.atomic
def resend_otherwise(subject_ids: Collection[int], channels: Collection[str], *, by: Actor, now: dt.datetime) -> Closed:
    """Send what failed on its way to these firms through other channels of theirs. A firm without another contact is counted apart."""
    firms = [firm.pk for firm in firms_in_sight(subject_ids, by)]
    stuck = Notice.objects.filter(subject__in=firms, lines__topic=MEASURE).distinct()
    for notice in stuck:
        check_may_push(notice.area_path, by)
    reached = deliveries_visible_to(by).filter(notice__in=stuck, state__in=REACHED).values("notice")
    added = add_channels(stuck.exclude(pk__in=reached), channels, by=by, now=now)
    enqueue(send_due)
    return Closed(len(added), 0, len(set(firms) - added))


def firms_in_sight(subject_ids: Iterable[int], by: Actor) -> Iterable[Subject]:
    """Those of a batch that the actor sees; TooMany beyond what one press may do."""
    wanted = set(subject_ids)
    if not wanted:
        raise Invalid(_("请先选择企业。"))
    if len(wanted) > MOST:
        raise TooMany(_("一次最多办理 %(n)d 家。") % {"n": MOST}, advice=_("请分页办理。"))
    return visible_to(by).filter(pk__in=wanted).order_by("pk")
