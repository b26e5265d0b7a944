"""Many drafts of a document at once 批量: fill what they all lack, confirm those that are complete; each by its own checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import document_to_change
from songda.deliveries.policy.library.actions.confirm_measure import confirm_measure
from songda.deliveries.policy.library.actions.edit_draft import edit_draft
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.library.queries import lacks, live_versions
from songda.kernel.errors import Invalid, Refused
from songda.registry.actors import Actor

FILLED = {"budget_line": "fund", "time_limit_days": "service"}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What became of one complete draft: confirmed, or why not."""

    version: MeasureVersion
    refusal: str = ""


def confirm_drafts(document_id: int, *, by: Actor, now: dt.datetime) -> list[Confirmation]:
    """Confirm every draft of the document that lacks nothing. One that is refused (a case fails) holds up no other."""
    document = document_to_change(document_id, by)
    told = [_confirm(version, by, now) for version in _drafts(document) if not lacks(version)]
    if not told:
        raise Invalid(_("没有完整的草稿可以确认。"), advice=_("请先补齐各项草稿所缺的内容。"))
    return told


@transaction.atomic
def fill_drafts(document_id: int, *, field: str, value: object, by: Actor, now: dt.datetime) -> int:
    """Say once what all drafts of a kind lack (资金渠道 of fund measures, 承诺时限 of service ones); how many were filled."""
    document = document_to_change(document_id, by)
    if field not in FILLED:
        raise Invalid(_("此项不能批量填写。"))
    waiting = [one for one in _drafts(document) if field in lacks(one)]
    for version in waiting:
        edit_draft(version.pk, {field: value}, by=by, now=now)
    return len(waiting)


def _drafts(document: Document) -> list[MeasureVersion]:
    rows = live_versions(document).filter(state="draft").select_related("measure", "rule_version")
    return list(rows.prefetch_related("sources", "open_conditions", "rule_version__cases").order_by("pk"))


def _confirm(version: MeasureVersion, by: Actor, now: dt.datetime) -> Confirmation:
    try:
        return Confirmation(confirm_measure(version.pk, by=by, now=now))
    except Refused as error:
        return Confirmation(version, " ".join((error.message, *error.fields.values())))
