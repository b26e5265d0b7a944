"""Write the rule of a draft 写规则, and settle the phrases that the reader left open 处理待定条件."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import condition_to_settle, version_to_edit
from songda.deliveries.policy.library.actions.changes import put, touch
from songda.deliveries.policy.library.actions.edit_draft import refuse_unless_draft
from songda.deliveries.policy.library.models import MeasureVersion, OpenCondition
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.registry.actors import Actor
from songda.registry.rulebook import actions as rulebook
from songda.registry.rulebook import queries as rulebook_reads

IN_RULE = "已写入规则"


@transaction.atomic
def write_rule(
    version_id: int,
    *,
    text: str,
    by: Actor,
    now: dt.datetime,
    amount_text: str = "",
    cases: Sequence[Mapping[str, object]] | None = None,
) -> MeasureVersion:
    """Give a draft its rule: condition, formula, cases (None: those of the rule it has). A wrong text is Invalid with its place."""
    version = version_to_edit(version_id, by)
    refuse_unless_draft(version)
    if cases is None:
        cases = rulebook_reads.cases_of(version.rule_version) if version.rule_version else ()
    rule = rulebook.draft_rule(
        version.measure.code, title=version.title, text=text, amount_text=amount_text, cases=cases, by=by, now=now
    )
    put(version, {"rule_version": rule}, {"rule_version"}, state="draft")
    touch(version, by=by, now=now, state="draft")
    record("policy.write_rule", version, by=by, now=now, after={"rule_version": rule.pk, "digest": rule.digest})
    return version


@transaction.atomic
def settle_condition(condition_id: int, *, reason: str = "", by: Actor, now: dt.datetime) -> OpenCondition:
    """Settle an open condition: it is in the rule (no reason), or it is not judged, and why."""
    condition = condition_to_settle(condition_id, by)
    refuse_unless_draft(condition.version)
    if not reason.strip() and condition.version.rule_version is None:
        raise Invalid(_("还没有规则，不能说“已写入规则”。"), advice=_("请先写规则；或者写明为何不作判定。"))
    settled = _("不作判定：%(reason)s") % {"reason": reason.strip()} if reason.strip() else IN_RULE
    before, after = put(condition, {"settled": settled}, {"settled"})
    touch(condition.version, by=by, now=now, state="draft")
    record("policy.settle_condition", condition, by=by, now=now, before=before, after=after)
    return condition


@transaction.atomic
def edit_condition(condition_id: int, *, proposal: str, by: Actor, now: dt.datetime) -> OpenCondition:
    """Correct what the reader proposes as rule text for a phrase; the phrase is open again. Empty: no proposal.

    A text that is no rule is Invalid under `proposal`, with its place.
    """
    condition = condition_to_settle(condition_id, by)
    refuse_unless_draft(condition.version)
    proposal = proposal.strip()
    if proposal:
        read = rulebook_reads.checked(proposal)
        if read.wrong is not None:
            raise Invalid(_("建议规则有误。"), fields={"proposal": read.wrong.problem.message}, code="not_a_rule")
        proposal = read.text
    before, after = put(condition, {"proposal": proposal, "settled": ""}, {"proposal", "settled"})
    if after:
        touch(condition.version, by=by, now=now, state="draft")
        record("policy.edit_condition", condition, by=by, now=now, before=before, after=after)
    return condition
