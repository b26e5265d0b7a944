"""Revise a published measure 修订: a new draft version with the same sources and a copy of the rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import version_to_edit
from songda.deliveries.policy.library.models import MeasureSource, MeasureVersion
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.registry.actors import Actor
from songda.registry.rulebook import actions as rulebook

COPIED = (
    "measure_id", "title", "kind", "benefit", "area_path", "department_id", "department_text", "budget_line",
    "time_limit_days", "channel", "papers", "opens_on", "closes_on", "measure_class", "money", "delivery",
)  # fmt: skip


@transaction.atomic
def revise_measure(version_id: int, *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """Start the next version of a published or superseded measure; one revision at a time."""
    version = version_to_edit(version_id, by)
    siblings = MeasureVersion.objects.filter(measure=version.measure)
    if version.state not in ("published", "superseded") or siblings.filter(state__in=("draft", "reviewed")).exists():
        raise Conflict(_("“%(title)s”不能修订：它还没有发布，或已有修订中的版本。") % {"title": version.title})
    return begin_revision(version, version.sources.all(), by=by, now=now)


def begin_revision(version: MeasureVersion, sources: Iterable[MeasureSource], *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """The next version as a draft that stands on these pieces, with a copy of the rule. The caller has checked that it may."""
    siblings = MeasureVersion.objects.filter(measure=version.measure)
    latest = siblings.order_by("-number").values_list("number", flat=True)[0]
    draft = MeasureVersion(**{name: getattr(version, name) for name in COPIED}, number=latest + 1, drafted_at=now)
    draft.edited_by, draft.edited_at = by.account_id, now
    if version.rule_version_id is not None:
        draft.rule_version = rulebook.copy_rule(version.rule_version_id, by=by, now=now)
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        raise Conflict(_("他人刚刚开始修订这项措施。"), advice=_("请刷新后在已有的修订稿上修改。")) from error
    MeasureSource.objects.bulk_create(
        MeasureSource(version=draft, article_id=one.article_id, start=one.start, end=one.end, quote=one.quote, role=one.role)
        for one in sources
    )
    record("policy.revise", draft, by=by, now=now, after={"from": version.pk, "number": draft.number})
    return draft
