"""Ratings 好差评: a low one becomes a case of its own for somebody else; an unfair one can be appealed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.access import BAD_RATING, OBJECTION
from songda.deliveries.service.demands.actions.stepping import must_note
from songda.deliveries.service.demands.rules.handling import fault_of_judge
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, NotFound, NotPermitted
from songda.ledger.cases import access as cases
from songda.ledger.cases.actions import Said, open_case, step_case
from songda.ledger.cases.actions.give_word import BAD
from songda.ledger.cases.models import Case, CaseStep, Word
from songda.registry.actors import Actor


def open_bad_rating(case: Case, word: Word, *, by: Actor, now: dt.datetime) -> Case | None:
    """A case to put a low rating right, under the rated one, with its own clock. None for a fair grade, and for a rating of such a case."""
    if word.grade not in BAD or case.kind.kind.code == BAD_RATING:
        return None
    return open_case(
        BAD_RATING,
        subject_id=case.subject_id,
        title=_("差评整改：%(title)s") % {"title": case.title},
        by=by,
        now=now,
        given={
            "text": word.text,
            "origin": "firm",
            "channel": case.channel,
            "category": case.category,
            "contact_name": case.contact_name,
            "contact_phone": case.contact_phone,
            "parent_id": case.pk,
            "area_path": case.area_path,
        },
    )


@transaction.atomic
def appeal_rating(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> Case:
    """A handler holds that a low rating is unfair: an objection under the rated case, decided by somebody else."""
    case = access.demand_for(case_id, by)
    must_note(said, _("请写明为什么认为评价不实。"))
    if not by.may("cases.handle") or by.account_id not in queries.handlers_of(case):
        raise NotPermitted(_("只有经办过的人可以对评价提出申诉。"))
    word = queries.word_to_appeal(case)
    if word is None:
        raise Conflict(_("没有可以申诉的差评，或申诉已提出。"))
    return open_case(
        OBJECTION,
        subject_id=case.subject_id,
        title=_("评价申诉：%(title)s") % {"title": case.title},
        by=by,
        now=now,
        given={
            "text": said.note,
            "origin": "officer",
            "channel": "web",
            "parent_id": case.pk,
            "area_path": case.area_path,
            "extra": {"word": word.pk},
            "request_key": said.request_key,
        },
    )


@transaction.atomic
def decide_appeal(case_id: int, said: Said, *, upheld: bool, by: Actor, now: dt.datetime) -> CaseStep:
    """Uphold (the rating no longer counts, and stays readable) or reject; never by who appealed or handled the case."""
    objection = cases.case_to_step(case_id, "uphold" if upheld else "reject", by)
    if objection.machine != OBJECTION or objection.parent is None:
        raise NotFound(_("这不是评价申诉。"))
    must_note(said, _("请写明复核结论。"))
    if fault := fault_of_judge(by.account_id, objection.opened_by, queries.handlers_of(objection.parent)):
        raise NotPermitted(fault)
    if objection.state == "filed":
        step_case(case_id, "examine", by=by, now=now)
    step = step_case(case_id, "uphold" if upheld else "reject", Said(said.note, said.told), by=by, now=now)
    struck = Word.objects.filter(pk=objection.extra.get("word", 0), struck_at=None)
    if upheld and struck.update(struck_at=now):
        record("case.word_struck", objection.parent, by=by, now=now, after={"objection": objection.number})
    return step
