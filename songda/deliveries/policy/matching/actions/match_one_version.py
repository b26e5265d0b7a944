"""Match one measure at once against all firms, as publishing it does."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.actions.match_versions import match_versions
from songda.deliveries.policy.matching.actions.rematch_subject import settle_subject
from songda.deliveries.policy.matching.models import MatchRun
from songda.deliveries.policy.matching.queries.snapshots import latest_snapshot, newer_than
from songda.kernel import clock
from songda.kernel.errors import Conflict, NotFound
from songda.registry.actors import Actor
from songda.registry.facts.actions import take_snapshot
from songda.registry.facts.models import Snapshot
from songda.registry.subjects.models import Subject

FEW = 200  # firms with newer facts than the snapshot that are judged one by one; beyond, a new snapshot is cheaper


def match_one_version(version_id: int, *, by: Actor, now: dt.datetime) -> MatchRun:
    """Match a published version against today's facts of every firm in its area.

    Today's last snapshot serves, with firms changed since then judged one by one; where too many changed, or there is none of
    today, a new one is taken (seconds at 27,000 firms). Refused for a version without a rule.
    """
    version = MeasureVersion.objects.select_related("rule_version").filter(pk=version_id).first()
    if version is None:
        raise NotFound(_("没有这项措施。"))
    if version.rule_version is None:
        raise Conflict(_("这项措施还没有适用规则，无法匹配。"), advice=_("请先为措施拟定并签发规则。"))
    snapshot, newer = present_snapshot(now)
    (run,) = match_versions(snapshot, [version], by=by, now=now)
    for subject in Subject.objects.filter(pk__in=newer):
        settle_subject(subject, [version], on=snapshot.as_of)
    return run


def present_snapshot(now: dt.datetime) -> tuple[Snapshot, set[int]]:
    """A snapshot of today, and the few firms whose facts are newer than it."""
    today, found = clock.day_of(now), latest_snapshot()
    if found is not None and found.as_of == today:
        newer = newer_than(found)
        if len(newer) <= FEW:
            return found, newer
    return take_snapshot(as_of=today, known_at=now), set()
