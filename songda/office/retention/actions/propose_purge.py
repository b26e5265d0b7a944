"""Propose a purge 提出销毁: the list as of a day, by holding, frozen by keys. Told without business content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel import bulk, clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.retention.models import Purge, PurgeItem, PurgeLine
from songda.office.retention.queries.due import due, evidence_parts, rows_in, standing_of
from songda.office.retention.queries.schedule import rule_for
from songda.office.retention.rules.schedule import Rule
from songda.office.retention.rules.table import HOLDINGS
from songda.registry.actors import Actor, require

MOST = 20_000
"""Records of one holding on one list; the rest comes with the next."""
SAMPLE = 10


@transaction.atomic
def propose_purge(codes: Sequence[str], *, on: dt.date, reason: str, by: Actor, now: dt.datetime) -> Purge:
    """Put what is due in these holdings on a list. Invalid where nothing is due, Conflict where a holding is on another list."""
    require(by, "retention.propose")
    if on > clock.day_of(now):
        raise Invalid(_("截至日期不能晚于今天。"), fields={"as_of": _("请选今天或更早的日期。")})
    if not reason.strip():
        raise Invalid(_("请写明事由。"), fields={"reason": _("如：2026年度到期档案鉴定。")})
    purge = Purge.objects.create(
        as_of=on, reason=reason.strip()[:200], proposed_at=now, proposed_by=by.account_id, proposed_name=by.name,
        demonstration=settings.DEMONSTRATION,
    )  # fmt: skip
    listed = {code: list_holding(purge, code, rule) for code in codes if (rule := rule_for(code)) is not None}
    if not any(listed.values()):
        raise Invalid(_("所选门类没有到期的记录。"), fields={"holdings": _("请看保管期限表中的“现已到期”。")})
    record("retention.propose", purge, by=by, now=now, after={"as_of": on, "reason": purge.reason, "due": listed})
    return purge


def list_holding(purge: Purge, code: str, rule: Rule) -> int:
    """One holding on the list, with its keys; how many. A holding with nothing due takes no line."""
    holding, cutoff = HOLDINGS[code], rule.cutoff(purge.as_of)
    keys = list(due(holding, cutoff, rule.action).values_list("pk", flat=True)[:MOST])
    if not keys:
        return 0
    found = standing_of(holding, cutoff, rule.action)
    try:
        with transaction.atomic():
            line = PurgeLine.objects.create(
                purge=purge, holding=code, label=holding.label, action=rule.action, period=rule.period, basis=rule.basis[:300],
                cutoff=cutoff, due=len(keys), unfinished=found.unfinished, held=found.held,
                referenced=found.referenced, oldest=found.oldest, newest=found.newest, sample=keys[:SAMPLE],
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(
            _("门类“%(label)s”已在另一份尚未了结的提请中。") % {"label": holding.label}, advice=_("请等其办结，或先撤回。")
        ) from error
    bulk.insert(PurgeItem, ("line_id", "key", "skipped"), ((line.pk, key, "") for key in keys))
    PurgeLine.objects.filter(pk=line.pk).update(files=files_of(line))
    return len(keys)


def files_of(line: PurgeLine) -> int:
    """How many files may go with these records (those shared with others will stay)."""
    holding, keys = HOLDINGS[line.holding], line.items.values("key")
    if holding.holds_files:
        return line.due
    found = 0
    for part in evidence_parts(holding):
        rows = rows_in(part.model).filter(**{f"{part.path}__in": keys})
        found += rows.values(f"{part.frees}__file").distinct().count()
    if holding.place:
        found += rows_in(holding.model).filter(pk__in=keys).exclude(**{holding.place: ""}).count()
    return found
