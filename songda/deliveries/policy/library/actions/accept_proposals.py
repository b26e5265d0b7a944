"""Accept what the reader proposes 采用建议: the proposals come into the rule of a draft, and their conditions are settled."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import condition_to_settle, version_to_edit
from songda.deliveries.policy.library.actions.write_rule import settle_condition, write_rule
from songda.deliveries.policy.library.models import MeasureVersion, OpenCondition
from songda.kernel.errors import Invalid
from songda.registry.actors import Actor


@transaction.atomic
def accept_proposal(condition_id: int, *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """Take one proposal into the rule; what is in it already is only settled."""
    condition = condition_to_settle(condition_id, by)
    return _accept(condition.version_id, [condition], by, now)


@transaction.atomic
def accept_proposals(version_id: int, *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """Take every proposal still open into the rule of a draft, in the order of the text."""
    version = version_to_edit(version_id, by)
    waiting = version.open_conditions.filter(settled="").exclude(proposal="").order_by("start", "pk")
    return _accept(version_id, list(waiting), by, now)


def _accept(version_id: int, conditions: list[OpenCondition], by: Actor, now: dt.datetime) -> MeasureVersion:
    if not conditions or not all(one.proposal for one in conditions):
        raise Invalid(_("这里没有建议的规则可以采用。"), advice=_("请改写建议，或写明为何不作判定。"))
    version = version_to_edit(version_id, by)
    held = version.rule_version
    parts = [held.text] if held else []
    parts += [one.proposal for one in conditions if held is None or one.proposal not in held.text]
    text, amount_text = joined(list(dict.fromkeys(parts))), held.amount_text if held else ""
    if held is None or text != held.text:
        version = write_rule(version_id, text=text, amount_text=amount_text, by=by, now=now)
    for one in conditions:
        settle_condition(one.pk, by=by, now=now)
    return version


def joined(parts: list[str]) -> str:
    """Conditions that must all hold, as one text."""
    return parts[0] if len(parts) == 1 else " 且 ".join(f"({one})" if " 或 " in one else one for one in parts)
