"""Amend one fact of a firm and see at once what changes for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.matching.actions import Rematch, rematch_subject
from songda.deliveries.policy.matching.queries import FirmVerdict, verdicts_for
from songda.kernel import clock
from songda.kernel.errors import NotPermitted
from songda.registry.actors import Actor
from songda.registry.facts.actions import record_fact
from songda.registry.facts.models import Fact
from songda.registry.subjects.access import subject_for

SOURCE = "return"  # 企业填报: what the firm says of itself


@dataclass(frozen=True, slots=True)
class Turn:
    """One measure whose answer the amendment turned."""

    before: FirmVerdict
    after: FirmVerdict


@dataclass(frozen=True, slots=True)
class Amendment:
    """The fact as recorded, the rematch it caused, and the measures whose answer turned."""

    fact: Fact
    rematch: Rematch
    turned: tuple[Turn, ...]


@transaction.atomic
def amend_fact(
    subject_id: int, code: str, value_text: str, *, by: Actor, now: dt.datetime, source_code: str = SOURCE
) -> Amendment:
    """Record a value valid from today and match the firm again, in one transaction.

    NotPermitted without facts.edit, NotFound outside the scope, Invalid for a value that is not of the fact's kind.
    """
    if not by.may("facts.edit"):
        raise NotPermitted(_("您当前的岗位不能更正事实。"), advice=_("请由街道、部门或包联干部更正。"))
    subject_for(subject_id, by)
    today = clock.day_of(now)
    before = {one.version.pk: one for one in verdicts_for(subject_id, on=today)}
    fact = record_fact(subject_id, code, value_text, valid_from=today, source_code=source_code, by=by, now=now)
    rematch = rematch_subject(subject_id, by=by, now=now)
    turned = (Turn(before[one.version.pk], one) for one in rematch.verdicts if one.version.pk in before)
    return Amendment(fact, rematch, tuple(turn for turn in turned if turn.before.answer is not turn.after.answer))
