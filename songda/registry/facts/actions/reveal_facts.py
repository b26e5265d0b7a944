"""Show a subject's personal facts to a person who says why; the look is in the trail before the value is on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import actions as audit
from songda.kernel.errors import Invalid, NotPermitted
from songda.registry.actors import Actor
from songda.registry.facts.queries.values import Printed, printed_facts
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject

LEAST_REASON = 4  # characters: a word, not a full stop


@transaction.atomic
def reveal_facts(subject_id: int, *, reason: str, on: dt.date, by: Actor, now: dt.datetime) -> list[Printed]:
    """The subject's facts with the personal ones in clear. NotPermitted without `facts.personal`, Invalid without a reason."""
    subject = subject_for(subject_id, by)
    if not by.may("facts.personal"):
        raise NotPermitted(_("您当前的岗位不能查看个人信息。"), advice=_("请联系有权限的经办人。"))
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid(_("请写明查看个人信息的事由。"), fields={"reason": _("不少于4个字。")})
    shown = printed_facts(subject.pk, on=on, revealed=True)
    names = [one.fact.code for one in shown if one.fact.personal and one.value]
    note_revealed(subject, names, reason.strip(), by=by, now=now)
    return shown


@transaction.atomic
def note_revealed(subject: Subject, names: Sequence[str], reason: str, *, by: Actor, now: dt.datetime) -> None:
    """Keep which personal facts of a subject somebody is about to be shown, and why."""
    audit.record("facts.reveal", subject, by=by, now=now, after={"facts": list(names), "reason": reason})
