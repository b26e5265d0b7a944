"""Set an article aside 本条无可兑现措施: its drafts are withdrawn with one reason, and the article says why it has none."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import article_to_edit
from songda.deliveries.policy.library.actions.confirm_measure import required_reason, withdraw_measure
from songda.deliveries.policy.library.actions.edit_document import mark_no_measure
from songda.deliveries.policy.library.models import Article, MeasureVersion
from songda.deliveries.policy.library.queries import LIVE
from songda.kernel.errors import Conflict
from songda.registry.actors import Actor


@transaction.atomic
def set_aside_article(article_id: int, *, reason: str, by: Actor, now: dt.datetime) -> Article:
    """Nothing in this article can be claimed: withdraw what the reader drafted from it, and state the reason (POL-02).

    Conflict where a measure of it is confirmed or published: those are somebody's word and are dealt with one by one.
    """
    article, reason = article_to_edit(article_id, by), required_reason(reason)
    cited = article.cited_by.filter(role="clause").values("version_id")
    live = list(MeasureVersion.objects.filter(pk__in=cited, state__in=LIVE).order_by("pk"))
    standing = [version for version in live if version.state != "draft"]
    if standing:
        message = _("本条已有审核或发布的措施“%(title)s”。") % {"title": standing[0].title}
        raise Conflict(message, advice=_("请先逐项退回或撤回，再标明本条无可兑现措施。"))
    for version in live:
        withdraw_measure(version.pk, reason=reason, by=by, now=now)
    return mark_no_measure(article_id, reason=reason, by=by, now=now)
