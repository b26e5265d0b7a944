"""The district's plan delivered to its industrial firms above scale 送达签收, as the text counts it: 101 of 101, from rows.

Nothing here knows the number: the population is drawn by rule from the invented register, and each firm signs by itself.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.receipts.actions import NewHandout, Signing, begin_handout, confirm_receipt, record_receipt
from songda.deliveries.policy.receipts.models import Handout, Recipient
from songda.kernel.errors import NotPermitted
from songda.ledger.evidence.actions import Given, Offer
from songda.portal.demo.replay import post_of
from songda.registry.actors import Actor, house
from songda.registry.organisations import queries as organisations
from songda.registry.people.states import Role

AREA, UNIT = "410106", "sj-industry"
RULE = "规模以上 且 行业 属于 {采矿业；制造业；电力、热力、燃气及水生产和供应业}"
PLAN = "上街区实施方案"
RECEIVERS = ("厂长", "办公室主任", "总经理", "财务负责人")
ONLINE, VISITED = 8, 3  # every eighth firm signs on its own page, every third of the others on a visit


def delivered() -> bool:
    """Whether it was done before."""
    return Handout.objects.filter(demonstration=True).exists()


@transaction.atomic
def deliver(*, demonstration: bool, by: Actor, now: dt.datetime) -> Handout:
    """Begin the delivery of the district's plan and let every firm of its population sign. Demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示送达只能在演示环境中进行。"))
    area = organisations.by_code(AREA).area_path
    desk = post_of(organisations.by_code(UNIT), Role.DEPARTMENT_DESK, by, now)
    office = replace(house("push.send", "push.see"), name=_("演示调度"), area_paths=(area,))
    plan = Document.objects.filter(short_name=PLAN).values_list("pk", flat=True)
    new = NewHandout(_("市30条实施方案送达规模以上工业企业"), area, "enterprise", RULE, list(plan), due_on=dt.date(2020, 3, 31))
    handout = begin_handout(new, by=office, now=now)
    Handout.objects.filter(pk=handout.pk).update(demonstration=True)
    for turn, one in enumerate(Recipient.objects.filter(handout=handout).select_related("subject").order_by("pk")):
        if turn % ONLINE == 0:
            firm = replace(house("firm.read", "firm.act"), name=_("演示企业"), subject_id=one.subject_id)
            confirm_receipt(handout.pk, by=firm, now=now)
        else:
            told = Signing("visit" if turn % VISITED == 0 else "paper", RECEIVERS[turn % len(RECEIVERS)])
            record_receipt(one.pk, told, [paper(one)], by=desk, now=now)
    return handout


def paper(one: Recipient) -> Offer:
    """The invented receipt of a firm."""
    words = _("演示签收单：%(firm)s 已收到《%(title)s》。") % {"firm": one.name, "title": one.handout.title}
    return Offer(io.BytesIO(words.encode()), "签收单.txt", "receipt", Given(subject_id=one.subject_id))
