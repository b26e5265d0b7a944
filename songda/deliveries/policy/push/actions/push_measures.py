"""Push measures to the firms they fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from songda.deliveries.policy.push.models import Push, PushLine
from songda.deliveries.policy.push.queries.outcome import cause_of
from songda.deliveries.policy.push.queries.preview import TOPIC, Preview, preview_push
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.jobs import enqueue
from songda.ledger.notices.actions import Notified, notify_many
from songda.ledger.notices.jobs import send_due
from songda.registry.actors import Actor
from songda.registry.campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push and what it wrote."""

    push: Push
    notified: Notified


@transaction.atomic
def push_measures(
    version_ids: Sequence[int], area_path: str, channels: Sequence[str], *, by: Actor, now: dt.datetime, title: str = ""
) -> Pushed:
    """Tell every firm in an area about those of the measures that fit it and are new to it: one notice a firm.

    Notices and the queue of messages are written in this one transaction; sending follows it. Refused (Conflict) when there is
    nothing new to tell, so that pressing twice makes one push.
    """
    preview = preview_push(version_ids, area_path, channels, by=by, now=now)
    if not preview.plan.tellings:
        raise Conflict(_("没有需要新告知的企业，未推送。"), advice=_("符合的企业均已告知，或没有可用的联系方式。"))
    push = Push.objects.create(
        campaign=Campaign.objects.order_by("-id").first(),
        title=(title or title_of(preview))[:160],
        area_path=area_path,
        channels=list(channels),
        created_at=now,
        account_id=by.account_id,
        name=by.name,
        finished_at=now,
    )
    PushLine.objects.bulk_create(PushLine(push=push, version=version) for version in preview.versions)
    notified = notify_many(cause_of(push), preview.rows, title=push.title, topic=TOPIC, channels=channels, now=now)
    record("push.send", push, by=by, now=now, after=summary(preview, notified))
    enqueue(send_due)
    return Pushed(push, notified)


def title_of(preview: Preview) -> str:
    """The title of a push that was given none."""
    first, count = preview.versions[0].title, len(preview.versions)
    with translation.override(settings.LANGUAGE_CODE):
        return first if count == 1 else _("%(first)s等%(count)s项政策") % {"first": first, "count": count}


def summary(preview: Preview, notified: Notified) -> dict[str, object]:
    """What the audit row says of a push."""
    return {
        "versions": [version.pk for version in preview.versions],
        "firms": preview.firms,
        "notices": notified.notices,
        "deliveries": preview.plan.deliveries,
        "already_told": notified.already_told,
        "without_contact": len(notified.without_contact),
        "lapsed": preview.lapsed,
    }
