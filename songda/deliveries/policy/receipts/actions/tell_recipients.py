"""Tell those who have not signed 通知待签收企业: one notice a firm, with where to read and sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from songda.deliveries.policy.receipts import queries
from songda.deliveries.policy.receipts.access import handout_to_run
from songda.deliveries.policy.receipts.actions.collect_openings import cause_of
from songda.deliveries.policy.receipts.actions.record_receipt import check_open
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.jobs import enqueue
from songda.ledger.notices.actions import Notified, notify_many
from songda.ledger.notices.jobs import send_due
from songda.ledger.notices.queries.channels import configured
from songda.ledger.notices.rules.letters import Line, Told
from songda.registry.actors import Actor

TOPIC = "handout"


@transaction.atomic
def tell_recipients(handout_id: int, channels: Sequence[str], *, by: Actor, now: dt.datetime) -> Notified:
    """Tell every firm in sight that has not signed and was not told of this delivery. Conflict when there is nobody left to tell."""
    handout = handout_to_run(handout_id, by)
    check_open(handout)
    if not channels or set(channels) - set(configured()):
        raise Invalid(_("请选择已配置的渠道。"), fields={"channels": _("至少一个。")})
    with translation.override(settings.LANGUAGE_CODE):  # what firms read is kept in the place's language
        text = _("请查收并签收：%(title)s") % {"title": handout.title}
        line = Line(handout.pk, text, handout.rule or _("属于本次政策送达范围"))
    waiting = queries.missing(handout, by).order_by("id").values_list("subject_id", "area_path")
    rows = [Told(subject, area, (line,)) for subject, area in waiting]
    told = notify_many(cause_of(handout), rows, title=handout.title, topic=TOPIC, channels=channels, now=now)
    if not told.notices:
        raise Conflict(_("没有需要新通知的企业。"), advice=_("待签收的企业都已通知过，或没有可用的联系方式，请上门送达。"))
    record(
        "receipts.tell", handout, by=by, now=now, after={"notices": told.notices, "without_contact": len(told.without_contact)}
    )
    enqueue(send_due)
    return told
