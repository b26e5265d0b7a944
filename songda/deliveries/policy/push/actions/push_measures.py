"""Push measures to the firms they fit, or texts to whom a rule picks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.push.access import pushes_visible_to
from songda.deliveries.policy.push.models import Announcement, Push, PushLine
from songda.deliveries.policy.push.queries.outcome import cause_of
from songda.deliveries.policy.push.queries.preview import Preview, Thing, try_push
from songda.deliveries.policy.push.rules.wanted import ANNOUNCEMENT, Wanted
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.jobs import enqueue
from songda.ledger.notices.actions import Notified, announce, notify_planned
from songda.ledger.notices.jobs import send_due
from songda.ledger.notices.rules.events import Happened
from songda.registry.actors import Actor
from songda.registry.campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push and what it wrote (None: it was there already, pressed a second time)."""

    push: Push
    notified: Notified


def push_measures(
    version_ids: Sequence[int], area_path: str, channels: Sequence[str], *, by: Actor, now: dt.datetime, title: str = ""
) -> Pushed:
    """Tell every firm in an area about those of the published measures that fit it and are new to it. See `push`."""
    return push(Wanted(area_path, tuple(channels), tuple(version_ids), title=title), by=by, now=now)


@transaction.atomic
def push(wanted: Wanted, *, by: Actor, now: dt.datetime) -> Pushed:
    """Tell what is asked for to whom it concerns and is new to: one notice a firm.

    Notices and the queue of messages are written in this one transaction; sending follows it. The same request key again gives the
    push it made. Refused (Conflict) when there is nothing new to tell, so that pressing twice makes one push.
    """
    earlier = Push.objects.filter(request_key=wanted.request_key).first() if wanted.request_key else None
    if earlier is not None:
        return Pushed(earlier, Notified(0, 0, 0, 0, (), 0))
    if wanted.topic == ANNOUNCEMENT and wanted.text.strip() and wanted.title.strip():
        Announcement.objects.get_or_create(
            digest=wanted.digest,
            defaults={"title": wanted.title.strip()[:160], "text": wanted.text.strip()[:360], "created_at": now},
        )
    seen = try_push(wanted, by=by, now=now, fates=False)
    if not seen.plan.tellings:
        raise Conflict(_("没有需要新告知的企业，未推送。"), advice=_("符合的企业均已告知，或没有可用的联系方式。"))
    try:
        with transaction.atomic():
            made = _written(seen, by, now)
    except IntegrityError as error:
        raise Conflict(_("这次推送刚刚已经提交。"), advice=_("请到推送列表查看。")) from error
    PushLine.objects.bulk_create(line_for(made, thing) for thing in seen.things)
    notified = notify_planned(cause_of(made), seen.plan, title=made.title, topic=wanted.topic, now=now)
    record("push.send", made, by=by, now=now, after=summary(seen, notified))
    enqueue(send_due)
    told = {"push": made.pk, "firms": seen.firms, "notices": notified.notices, "urgent": made.urgent}
    announce(
        Happened("push.sent", told, f"/policy/push/{made.pk}/"),
        lambda actor: pushes_visible_to(actor).filter(pk=made.pk),
        now=now,
    )
    return Pushed(made, notified)


def line_for(made: Push, thing: Thing) -> PushLine:
    """One thing the push tells about."""
    if isinstance(thing, MeasureVersion):
        return PushLine(push=made, version=thing)
    return PushLine(push=made, document=thing) if isinstance(thing, Document) else PushLine(push=made, announcement=thing)


def title_of(seen: Preview) -> str:
    """The title of a push that was given none."""
    first, count = seen.things[0].title, len(seen.things)
    with translation.override(settings.LANGUAGE_CODE):
        return first if count == 1 else _("%(first)s等%(count)s项政策") % {"first": first, "count": count}


def summary(seen: Preview, notified: Notified) -> dict[str, object]:
    """What the audit row says of a push."""
    wanted = seen.wanted
    return {
        wanted.topic: [thing.pk for thing in seen.things],
        "rule": seen.rule,
        "urgent": wanted.urgent_reason if wanted.urgent else "",
        "firms": seen.firms,
        "notices": notified.notices,
        "deliveries": seen.plan.deliveries,
        "already_told": notified.already_told,
        "without_contact": len(notified.without_contact),
        "declined": len(seen.plan.declined),
        "lapsed": seen.lapsed,
    }


def _written(seen: Preview, by: Actor, now: dt.datetime) -> Push:
    wanted = seen.wanted
    return Push.objects.create(
        campaign=Campaign.objects.order_by("-id").first(), title=(wanted.title.strip() or title_of(seen))[:160],
        area_path=wanted.area_path, unit_id=by.organisation_id, channels=list(wanted.channels), rule=seen.rule, urgent=wanted.urgent,
        urgent_reason=wanted.urgent_reason.strip()[:200] if wanted.urgent else "", created_at=now, account_id=by.account_id,
        name=by.name, finished_at=now, request_key=wanted.request_key or None,
    )  # fmt: skip
