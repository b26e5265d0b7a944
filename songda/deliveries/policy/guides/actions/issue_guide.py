"""Issue a guide 发布指南: what is open to the industry today, as a version; whoever subscribed is told what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.guides.access import may_issue
from songda.deliveries.policy.guides.models import Guide, GuideLine, GuideVersion, IndustryGroup, Subscription
from songda.deliveries.policy.guides.queries import Change, changes, content_of, is_current, issued, items_of
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.rules.letters import Line, Told
from songda.registry.actors import Actor

TOLD = 8  # changes named in a notice; the guide itself names all


@transaction.atomic
def issue_guide(group_code: str, area_path: str, *, by: Actor, now: dt.datetime) -> GuideVersion:
    """Issue the guide of an industry in a territory. Conflict where the one in force is what would be made today; Invalid where
    nothing is open to the industry. The measures, rules and cards in it were each published by two persons."""
    may_issue(area_path, by)
    group = IndustryGroup.objects.filter(code=group_code).first()
    if group is None:
        raise NotFound(_("没有这个行业组。"), advice=_("行业组由活动包给出。"))
    guide, _made = Guide.objects.get_or_create(group=group, area_path=area_path)
    content, former = content_of(guide, clock.day_of(now)), issued(guide)
    if not content.items:
        raise Invalid(_("目前没有对“%(group)s”开放的措施。") % {"group": group.name}, advice=_("请先发布措施。"))
    if former is not None and is_current(former, content):
        raise Conflict(_("现行指南没有变化，无须重新发布。"), advice=_("措施、细则或联系卡变动后再发布。"))
    told = changes(items_of(former), content.items) if former else []
    GuideVersion.objects.filter(guide=guide, superseded_at=None).update(superseded_at=now)
    version = GuideVersion.objects.create(
        guide=guide, number=former.number + 1 if former else 1, digest=content.digest, issued_at=now, issued_by=by.account_id,
        issuer=by.name,
    )  # fmt: skip
    GuideLine.objects.bulk_create(
        GuideLine(version=version, ordinal=place, measure=one.measure, implementing=one.implementing, card=one.card)
        for place, one in enumerate(content.items, 1)
    )
    after = {
        "group": group.code,
        "area": area_path,
        "number": version.number,
        "measures": len(content.items),
        "digest": content.digest,
    }
    record("policy.issue_guide", version, by=by, now=now, after=after)
    tell_subscribers(version, told, now)
    return version


def tell_subscribers(version: GuideVersion, told: Sequence[Change], now: dt.datetime) -> None:
    """One notice a firm, on its own page; nothing where nobody subscribed."""
    firms = Subscription.objects.filter(guide=version.guide_id, ended_at=None).values_list("subject_id", "subject__area_path")
    title = _("%(group)s操作指南有更新（第 %(number)d 版）") % {"group": version.guide.group.name, "number": version.number}
    said = "；".join(f"{one.title}：{one.what}" for one in told[:TOLD]) or _("首次发布。")
    rows = [Told(firm, area, (Line(version.pk, f"{title}：{said}"[:400], _("您订阅了这份指南")),)) for firm, area in firms]
    if rows:
        notify_many(f"guide:{version.pk}", rows, title=title, topic="guide_version", channels=("inbox",), now=now)


@transaction.atomic
def note_stale(*, now: dt.datetime) -> int:
    """Mark the issued guides that are no longer what would be made today, and clear the mark of those that are again; how many are
    stale. For the nightly job: lists and the home read the mark, the guide's own page always computes."""
    stale = 0
    for version in GuideVersion.objects.filter(superseded_at=None).select_related("guide__group"):
        current = is_current(version, content_of(version.guide, clock.day_of(now)))
        stale += not current
        if current == (version.stale_at is not None):
            GuideVersion.objects.filter(pk=version.pk).update(stale_at=None if current else now)
    return stale
