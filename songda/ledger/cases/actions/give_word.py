"""The firm's word on the result 企业评价: one a round, never changed, never taken from silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.models import Case, CaseStep, Word
from songda.ledger.cases.states import Answer, Grade
from songda.registry.actors import Actor

BAD = (Grade.BAD, Grade.VERY_BAD)


@transaction.atomic
def give_word(
    case: Case, answer: str, by_way: str, *, by: Actor, now: dt.datetime, said: Mapping[str, object] | None = None
) -> Word:
    """Keep what the firm says. `said`: contacted, useful (facts first), grade, text. Silence and 联系不上 carry no grade.

    A bad grade needs no reason from the firm; that it becomes a case with its own clock is the caller's (service/demands).
    """
    given = dict(said or {})
    grade = str(given.get("grade") or "")
    if grade and (grade not in Grade.values or answer in (Answer.SILENT, Answer.UNREACHABLE)):
        raise Invalid(_("未答复或联系不上时不能代企业评分。"), fields={"grade": _("请留空。")})
    try:
        with transaction.atomic():
            word = Word.objects.create(
                case=case,
                cycle=round_of(case),
                by=by_way,
                answer=answer,
                contacted=_told(given.get("contacted")),
                useful=_told(given.get("useful")),
                grade=grade,
                text=str(given.get("text", ""))[:400],
                at=now,
                account_id=by.account_id,
                name=by.name,
            )
    except IntegrityError as error:
        raise Conflict(_("本轮办理结果已经评价过。")) from error
    record("case.word", case, by=by, now=now, after={"answer": answer, "by": by_way, "grade": grade})
    return word


def round_of(case: Case) -> int:
    """Which round the case is in: each time a result is proposed, one more."""
    return CaseStep.objects.filter(case=case, step__in=("propose", "solve_on_spot", "report")).count()


def _told(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
